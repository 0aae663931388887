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
  local params = { command = command, arguments = place }
  if vim.fn.has('nvim-0.11') == 1 then
    client:request('workspace/executeCommand', params, tell, bufnr)
  else
    ---@diagnostic disable-next-line: param-type-mismatch
    client.request('workspace/executeCommand', params, tell, bufnr)
  end
end

return M
