--- The server: where its binary is, and the one configuration that every version of Neovim starts it with.

local options = require('cable.options')

local M = {}

--- The name of the client, and of `lsp/cable_lsp.lua`.
M.name = 'cable_lsp'

---@return vim.lsp.Config|vim.lsp.ClientConfig
function M.config()
  local settings = options.get('settings')
  return {
    name = M.name,
    cmd = { vim.fs.normalize(options.get('server_path') or 'cable-lsp'), 'server' },
    filetypes = { 'cable' },
    root_markers = { 'cable-lsp.toml', '.git' },
    -- One server for all files of a root, and one for those that have none.
    reuse_client = function(client, config)
      return client.name == config.name and client.config.root_dir == config.root_dir
    end,
    settings = { cable = next(settings) and settings or vim.empty_dict() },
  }
end

--- What starts the server: ours, or what the user's `vim.lsp.config` says.
---@return string[]|function
local function command()
  local configured = vim.lsp.config and vim.lsp.config[M.name]
  return configured and configured.cmd or M.config().cmd
end

--- The program to run, as it is written in the configuration.
---@return string
local function program()
  local argv = command()
  return type(argv) == 'table' and argv[1] or M.config().cmd[1]
end

--- The path of the binary; nil if there is none.
---@return string?
function M.binary()
  local path = vim.fn.exepath(program())
  return path ~= '' and path or nil
end

--- What to do when there is no binary.
---@return string
function M.missing()
  return ('cable: there is no program "%s". Build it with "cargo install --path .", '):format(program())
    .. 'or set vim.g.cable_server_path to where it is. See :checkhealth cable'
end

--- The server's client of a buffer, if it is attached.
---@param bufnr integer
---@return vim.lsp.Client?
function M.client(bufnr)
  return vim.lsp.get_clients({ bufnr = bufnr, name = M.name })[1]
end

--- A request that waits for its answer. Neovim 0.11 made the client's functions methods.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param bufnr integer
---@return any? result
---@return string? error
function M.request(client, method, params, bufnr)
  local milliseconds = 5000
  local answer, reason
  if vim.fn.has('nvim-0.11') == 1 then
    answer, reason = client:request_sync(method, params, milliseconds, bufnr)
  else
    ---@diagnostic disable-next-line: param-type-mismatch
    answer, reason = client.request_sync(method, params, milliseconds, bufnr)
  end
  if not answer then
    return nil, reason
  end
  return answer.result, answer.err and answer.err.message
end

--- A request whose answer comes later.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param handler fun(error?: lsp.ResponseError, answer?: any)
---@param bufnr integer
function M.send(client, method, params, handler, bufnr)
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, handler, bufnr)
  else
    ---@diagnostic disable-next-line: param-type-mismatch
    client.request(method, params, handler, bufnr)
  end
end

local reported = false

--- Starts the server for a buffer, or says once that there is none. Neovim from 0.11 on starts it by itself.
---@param bufnr integer
local function start(bufnr)
  if type(command()) == 'table' and not M.binary() then
    if not reported then
      reported = true
      vim.notify(M.missing(), vim.log.levels.WARN)
    end
  elseif not vim.lsp.enable then
    local config = M.config()
    config.root_dir = vim.fs.root(bufnr, config.root_markers)
    vim.lsp.start(config, { bufnr = bufnr, reuse_client = config.reuse_client })
  end
end

--- Starts the server for cables, those that are open and those to come, or stops it.
---@param on boolean
function M.enable(on)
  local group = vim.api.nvim_create_augroup('cable_server', {})
  if vim.lsp.enable then
    vim.lsp.enable(M.name, on)
  elseif not on then
    vim.lsp.stop_client(vim.lsp.get_clients({ name = M.name }))
  end
  if not on then
    return
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = 'cable',
    callback = function(event)
      start(event.buf)
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and vim.bo[bufnr].filetype == 'cable' then
      start(bufnr)
    end
  end
end

return M
