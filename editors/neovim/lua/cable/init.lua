--- Cables in Neovim. Everything works without `setup`; it is there for those who like it.

local options = require('cable.options')
local server = require('cable.server')

local M = {}

---@param chosen? table<string, any> some of |cable.Options|
function M.setup(chosen)
  options.set(chosen)
  if vim.lsp.config then
    local config = server.config()
    vim.lsp.config(server.name, { cmd = config.cmd, settings = config.settings })
  end
  M.enable(options.get('enabled'))
end

--- Starts the server for cables, or stops it.
---@param on? boolean
function M.enable(on)
  server.enable(on ~= false)
end

return M
