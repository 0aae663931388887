--- The options: a default each, `vim.g.cable_<name>`, and over both what `require('cable').setup` was given.

---@class cable.Options
---@field enabled boolean start the server for cables
---@field server_path? string the `cable-lsp` binary; by default the one on PATH
---@field settings table settings sent to the server, spelled as in cable-lsp.toml
---@field detect_text_files boolean take a `.txt` whose first lines are a cable's for a cable
---@field repair_on_save boolean apply the safe fixes before a cable is written
---@field lint_on_save boolean keep what the saved text still lacks in the location list
---@field folding boolean set the folds of a cable
local defaults = {
  enabled = true,
  server_path = nil,
  settings = {},
  detect_text_files = true,
  repair_on_save = false,
  lint_on_save = false,
  folding = true,
}

local types = {
  enabled = 'boolean',
  server_path = 'string',
  settings = 'table',
  detect_text_files = 'boolean',
  repair_on_save = 'boolean',
  lint_on_save = 'boolean',
  folding = 'boolean',
}

local M = {}

---@type table<string, any>
local chosen = {}

---@param options? table<string, any> some of |cable.Options|
function M.set(options)
  for name, value in pairs(options or {}) do
    if not types[name] then
      local known = vim.tbl_keys(types)
      table.sort(known)
      error(('cable: no option is named "%s"; there are %s'):format(name, table.concat(known, ', ')), 0)
    elseif type(value) ~= types[name] then
      error(('cable: the option "%s" takes a %s'):format(name, types[name]), 0)
    end
    chosen[name] = value
  end
end

---@param name string
---@return any
function M.get(name)
  if chosen[name] ~= nil then
    return chosen[name]
  end
  local global = vim.g['cable_' .. name]
  if global ~= nil then
    return global
  end
  return defaults[name]
end

return M
