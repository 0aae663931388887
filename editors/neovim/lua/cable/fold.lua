--- Folds, the server's or our own: the envelope, the header and each paragraph is one, and headings stay to be seen.

local line = require('cable.line')

local M = {}

--- The 'foldexpr' of this plugin, and the one that asks the server.
M.OWN = "v:lua.require'cable.fold'.expr()"
local SERVER = 'v:lua.vim.lsp.foldexpr()'

--- The 'foldexpr' where the server gives no folds. Looks at one line and its neighbours, so that an edit stays cheap.
---@return string
function M.expr()
  local lnum = vim.v.lnum
  local text = vim.fn.getline(lnum)
  if line.marker(text) or line.begins_part(text) then
    return '>1'
  elseif lnum == 1 then
    return text:find('%S') and '>1' or '0'
  end
  return line.is_heading(lnum) and '0' or '='
end

--- What a number really is: `17.` as the seventh marker of its cable is 7, the 1 being a misread pilcrow.
---@param lnum integer
---@param printed integer
---@return integer
local function true_number(lnum, printed)
  local without_first = tonumber((tostring(printed):match('^1([1-9]%d*)$')))
  if not without_first then
    return printed
  end
  local place = 1
  for above = lnum - 1, 1, -1 do
    local text = vim.fn.getline(above)
    if line.begins_part(text) then
      break
    end
    place = place + (line.marker(text) and 1 or 0)
  end
  return place == without_first and without_first or printed
end

--- What stands for a fold: the server's words where the fold is the server's, else the marker and what follows it.
---@param first integer
---@return string
local function summary(first)
  if vim.wo.foldexpr == SERVER then
    return vim.trim(vim.lsp.foldtext())
  end
  local text = vim.trim(vim.fn.getline(first))
  local marker = line.marker(text)
  if not marker then
    return text
  end
  local mark = marker.mark and (' (%s)'):format(marker.mark) or ''
  return ('¶%d%s %s'):format(true_number(first, marker.number), mark, marker.text)
end

--- The 'foldtext': `¶3 (C) first words … 12 lines`.
---@return string
function M.text()
  local count = 0
  for lnum = vim.v.foldstart, vim.v.foldend do
    count = count + (vim.fn.getline(lnum):find('%S') and 1 or 0)
  end
  local tail = (' … %d %s'):format(count, count == 1 and 'line' or 'lines')
  local window = vim.fn.getwininfo(vim.api.nvim_get_current_win())[1]
  local room = math.max(window.width - window.textoff - vim.fn.strdisplaywidth(tail), 20)
  return vim.fn.strcharpart(summary(vim.v.foldstart), 0, room) .. tail
end

--- Puts one 'foldexpr' in the place of another, in every window of a buffer.
---@param bufnr integer
---@param old string
---@param new string
local function change(bufnr, old, new)
  for _, window in ipairs(vim.fn.win_findbuf(bufnr)) do
    if vim.wo[window].foldexpr == old then
      vim.wo[window][0].foldexpr = new
    end
  end
end

--- Takes the server's folds.
---@param bufnr integer
function M.use_server(bufnr)
  change(bufnr, M.OWN, SERVER)
end

--- Takes this plugin's folds again: a server that is gone gives none.
---@param bufnr integer
function M.use_own(bufnr)
  change(bufnr, SERVER, M.OWN)
end

return M
