--- Along the archive: commands of the server that lead from a cable to others. The server shows what they come to.

local server = require('cable.server')

local M = {}

--- Runs a command of the server at the cursor.
---@param command string
---@param place? { [1]: string, [2]: lsp.Position } the document and the place, where they are not the cursor's
function M.run(command, place)
  local bufnr = vim.api.nvim_get_current_buf()
  local client = server.client(bufnr)
  if not client then
    vim.notify('cable: the server is not attached to this buffer; see :checkhealth cable', vim.log.levels.ERROR)
    return
  end
  if not place then
    local here = vim.lsp.util.make_position_params(0, client.offset_encoding)
    place = { here.textDocument.uri, here.position }
  end
  local function tell(error)
    if error then
      vim.notify('cable: ' .. error.message, vim.log.levels.ERROR)
    end
  end
  server.send(client, 'workspace/executeCommand', { command = command, arguments = place }, tell, bufnr)
end

return M
