--- What the specs share: checks that print a line each, and waiting without guessing how long.

local M = {}

---@param holds any
---@param what string
---@param seen? any printed when it does not hold
function M.check(holds, what, seen)
  io.stdout:write((holds and 'ok ' or 'FAIL ') .. what .. '\n')
  if not holds and seen ~= nil then
    io.stdout:write('  ' .. vim.inspect(seen):gsub('\n', '\n  ') .. '\n')
  end
end

---@param expected any
---@param seen any
---@param what string
function M.equal(expected, seen, what)
  M.check(vim.deep_equal(expected, seen), what, { expected = expected, seen = seen })
end

--- Waits until the function gives something, and gives that.
---@generic T
---@param get fun(): T?
---@return T?
function M.wait(get)
  local value
  vim.wait(90000, function()
    value = get()
    return value and true or false
  end, 10)
  return value
end

---@param get fun(): any
---@param what string
function M.eventually(get, what)
  M.check(M.wait(get), what)
end

---@param lnum integer from 1
---@return string
function M.line(lnum)
  return vim.api.nvim_buf_get_lines(0, lnum - 1, lnum, false)[1]
end

--- Keys as a person types them, up to their effect.
---@param keys string
function M.type(keys)
  vim.api.nvim_feedkeys(vim.keycode(keys), 'xt', false)
end

---@return vim.lsp.Client?
function M.client()
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'cable_lsp' })[1]
  return client and client.initialized and client or nil
end

--- The server's answer to a request about the current buffer; nil if it gives none.
---@param method string
---@param position? lsp.Position
---@return any?
function M.request(method, position)
  local parameters = { textDocument = vim.lsp.util.make_text_document_params(0), position = position }
  local answers = vim.lsp.buf_request_sync(0, method, parameters, 90000) or {}
  local _, answer = next(answers)
  return answer and answer.result
end

--- The diagnostics of the current buffer as `line:column CODE`, both from 1, in their order.
---@return string[]
function M.diagnostics()
  local found = vim.diagnostic.get(0)
  table.sort(found, function(one, two)
    return one.lnum < two.lnum or one.lnum == two.lnum and one.col < two.col
  end)
  return vim.tbl_map(function(diagnostic)
    return ('%d:%d %s'):format(diagnostic.lnum + 1, diagnostic.col + 1, diagnostic.code)
  end, found)
end

---@param code string
---@return boolean
function M.has_diagnostic(code)
  return vim.iter(vim.diagnostic.get(0)):any(function(diagnostic)
    return diagnostic.code == code
  end)
end

--- The text of the float that is open.
---@return string?
function M.float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
    end
  end
end

function M.close_floats()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      vim.api.nvim_win_close(window, true)
    end
  end
end

--- What was said with `vim.notify` since this was called.
---@return string[]
function M.notifications()
  local said = {}
  vim.notify = function(text)
    table.insert(said, text)
  end
  return said
end

---@param lnum integer from 1
---@param text string where in the line the cursor goes
function M.cursor(lnum, text)
  local column = M.line(lnum):find(text, 1, true)
  vim.api.nvim_win_set_cursor(0, { lnum, column - 1 })
end

--- What is on disk.
---@return string
function M.saved()
  return table.concat(vim.fn.readfile(vim.api.nvim_buf_get_name(0)), '\n')
end

--- Runs a spec when Neovim is ready for a person, and leaves Neovim.
---@param spec fun()
function M.run(spec)
  local function run()
    local good, reason = xpcall(spec, debug.traceback)
    if good then
      io.stdout:write('done\n')
    else
      M.check(false, 'ran into an error: ' .. reason)
    end
    vim.cmd('qall!')
  end
  vim.api.nvim_create_autocmd('VimEnter', { callback = vim.schedule_wrap(run) })
end

return M
