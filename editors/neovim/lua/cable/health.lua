--- `:checkhealth cable`

local options = require('cable.options')
local server = require('cable.server')

local M = {}

local function check_binary()
  local binary = server.binary()
  if not binary then
    vim.health.error(server.missing())
    return
  end
  vim.health.ok('binary: ' .. binary)
  local started, result = pcall(function()
    return vim.system({ binary, '--version' }, { text = true }):wait(5000)
  end)
  if started and result.code == 0 then
    vim.health.ok('version: ' .. vim.trim(result.stdout))
  else
    vim.health.error('the binary does not run: ' .. vim.trim(started and result.stderr or tostring(result)))
  end
end

---@param bufnr integer
local function check_buffer(bufnr)
  local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':~:.')
  local client = server.client(bufnr)
  if client then
    vim.health.ok(('attached to %s, columns in %s'):format(name, client.offset_encoding))
  else
    vim.health.warn('not attached to ' .. name, 'Open it anew with :edit; :messages and :checkhealth vim.lsp say more')
  end
  local folder = vim.fs.dirname(vim.api.nvim_buf_get_name(bufnr))
  local settings = vim.fs.find('cable-lsp.toml', { upward = true, path = folder })[1]
  vim.health.info(settings and 'settings file: ' .. settings or 'no settings file above it; the defaults hold')
end

function M.check()
  vim.health.start('cable')
  if vim.fn.has('nvim-0.10') == 0 then
    vim.health.error('Neovim 0.10 or later is needed')
    return
  end
  check_binary()
  if not options.get('enabled') then
    vim.health.warn('switched off by vim.g.cable_enabled')
  end
  local cables = 0
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and vim.bo[bufnr].filetype == 'cable' then
      check_buffer(bufnr)
      cables = cables + 1
    end
  end
  if cables == 0 then
    vim.health.info('no cable is open')
  end
end

return M
