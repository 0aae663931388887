--- Lint on save: the location list holds what the saved text still lacks.

local options = require('cable.options')

local M = {}

--- As long as nothing is left to write, the diagnostics are those of the saved text.
---@param bufnr integer
local function list(bufnr)
  if not (options.get('lint_on_save') and vim.api.nvim_buf_is_loaded(bufnr)) or vim.bo[bufnr].modified then
    return
  end
  local remaining = vim.tbl_filter(function(diagnostic)
    return diagnostic.source == 'cable'
  end, vim.diagnostic.get(bufnr))
  for _, window in ipairs(vim.fn.win_findbuf(bufnr)) do
    vim.fn.setloclist(window, {}, 'r', { title = 'What remains', items = vim.diagnostic.toqflist(remaining) })
  end
end

--- Fills the list now, and again when the server has read what was saved.
---@param bufnr integer
function M.follow(bufnr)
  -- A handler, for an autocommand on DiagnosticChanged breaks :bwipeout in Neovim 0.10.
  if not vim.diagnostic.handlers.cable then
    local function changed(_, changed_bufnr)
      if vim.b[changed_bufnr].cable_remaining then
        list(changed_bufnr)
      end
    end
    vim.diagnostic.handlers.cable = { show = changed, hide = changed }
    vim.diagnostic.config({ cable = true })
  end
  vim.b[bufnr].cable_remaining = true
  list(bufnr)
end

return M
