--- Motions over the paragraphs and the headings of the current buffer.

local M = {}

--- Moves to the next line that is asked for, `v:count1` times, or as far as there are some.
---@param is_target fun(lnum: integer): boolean
---@param step 1|-1
function M.go(is_target, step)
  local found
  local left = vim.v.count1
  local lnum = vim.fn.line('.') + step
  local last = vim.fn.line('$')
  while left > 0 and lnum >= 1 and lnum <= last do
    if is_target(lnum) then
      found, left = lnum, left - 1
    end
    lnum = lnum + step
  end
  if found then
    vim.cmd("normal! m'")
    vim.api.nvim_win_set_cursor(0, { found, 0 })
  end
end

return M
