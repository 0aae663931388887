--- What a line of a cable is by itself, for motions and folds. It is a guess: what the server says is better.

local M = {}

---@class cable.Marker
---@field number integer the number as printed: 11 for `11.`, though the first 1 may be a misread pilcrow
---@field mark? string the portion mark: `SBU`
---@field text string what follows

local MARKS = {}
for mark in ('U SBU LOU FOUO C S TS UNCLASSIFIED CONFIDENTIAL SECRET'):gmatch('%u+') do
  MARKS[mark] = true
end

--- What copies made of the pilcrow. The last is none.
local SIGNS = { '¶', '§', '%[[^%]]*%]%(#[^)]*%)', '%$?\\P', 'P', '[1I]%[', '' }
--- What copies made of a digit.
local DIGITS = { I = '1', l = '1', ['|'] = '1', O = '0', o = '0' }

--- Splits a portion mark off the start of a text.
---@param text string
---@return string? mark
---@return string rest
local function split_mark(text)
  local inner, rest = text:match('^%s*%(%s*([%a][%a /,-]*)%)%s*(.*)$')
  if inner and MARKS[inner:match('^%a+'):upper()] then
    return vim.trim(inner), rest
  end
  return nil, vim.trim(text)
end

--- Reads the number, the period and the mark that follow a sign.
---@param text string
---@return cable.Marker?
local function numbered(text)
  local digits, rest = text:match('^([%dIl|Oo]+)(.*)$')
  if not digits then
    return nil
  end
  local split, after = rest:match('^ (%d%d?)([.)].*)$')
  if split then
    digits, rest = digits .. split, after
  end
  local stop, after = rest:match('^%$?([.)])(.*)$')
  local mark, words = split_mark(after or rest)
  local is_plain = not digits:find('%D')
  if not mark and (not stop or not is_plain or #digits > 3 or after:find('^%d')) then
    return nil
  end
  local number = #digits <= 4 and tonumber((digits:gsub('%D', DIGITS)))
  return number and number > 0 and { number = number, mark = mark, text = words } or nil
end

--- The paragraph marker at the start of a line: `7. (C)`, and what copies made of one.
---@param line string
---@return cable.Marker?
function M.marker(line)
  -- Most lines are none: a marker has its number in its first few characters.
  if not line:sub(1, 16):find('[%dIlO|]') then
    return nil
  end
  local text = line:gsub('^%s*[-*]%s+', ''):gsub('^%s', '')
  local mark, rest = text:match('^%((%u+)%) +(%d.*)$')
  if mark and MARKS[mark] then
    local marker = numbered(rest)
    if marker then
      marker.mark = marker.mark or mark
      return marker
    end
  end
  for _, sign in ipairs(SIGNS) do
    local after = text:match('^' .. sign .. '%s?([%dIl|Oo].*)$')
    local marker = after and numbered(after)
    if marker then
      return marker
    end
  end
  return nil
end

--- A classification line with an MRN, such as `C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 000605`.
---@param line string
---@return boolean
function M.is_classification(line)
  local level = line:match('^C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L%f[%U]')
    or line:match('^S ?E ?C ?R ?E ?T%f[%U]')
    or line:match('^UNCLAS%f[%U]')
    or line:match('^UNCLASSIFIED%f[%U]')
    or line:match('^LIMITED OFFICIAL USE%f[%U]')
  return level ~= nil and line:find('^.* %u[%u .\'-]* %d%d%d%d%d?%d?%s*$', #level) ~= nil
end

--- Whether a cable, or its header, begins with this line.
---@param line string
---@return boolean
function M.begins_part(line)
  return line:find('^V?ZCZC%u%u%u%d%d%d') ~= nil or M.is_classification(line)
end

---@param line string
---@return boolean
local function is_rule(line)
  return line:find('^%s*[-=*_][-=*_ ]*$') ~= nil and #line >= 3
end

--- Lines above the first paragraph, or between two, that look like a heading and are none.
local OTHERS = {
  '^E%.?O%.?[ :]',
  '^TAGS',
  '^SUBJE?C?T?:',
  '^REF[%u()]*:',
  '^[A-Z]%. .*%d$',
  '^CLASSIFIED BY',
  '^DERIVED FROM',
  '^SIPDIS',
  '^SENSITIVE',
  '^NO[FD]',
  '^PAGE %d',
  '%d%d%d%.?%d? OF %d%d%d$',
}

---@param text string
---@return boolean
local function is_other(text)
  local capitals = text:upper()
  if MARKS[capitals] or M.is_classification(text) then
    return true
  end
  for _, pattern in ipairs(OTHERS) do
    if capitals:find(pattern) then
      return true
    end
  end
  return false
end

--- Whether a line of the current buffer is a heading: short, apart from what is above, with a paragraph or a rule below.
---@param lnum integer
---@return boolean
function M.is_heading(lnum)
  local text = vim.fn.getline(lnum)
  if #text > 80 or not text:find('^%s*["\'(.]*%u') or text:find('[.,;]%s*$') then
    return false
  end
  local above = lnum > 1 and vim.fn.getline(lnum - 1) or ''
  if above:find('%S') and not above:find('[.?!)"]%s*$') and not is_rule(above) then
    return false
  end
  local below = vim.fn.getline(vim.fn.nextnonblank(lnum + 1))
  if not (is_rule(below) or M.marker(below)) then
    return false
  end
  text = vim.trim(text)
  return select(2, text:gsub('%S+', '')) <= 12 and not (M.marker(text) or is_other(text))
end

--- Whether a line of the current buffer starts a paragraph.
---@param lnum integer
---@return boolean
function M.is_paragraph(lnum)
  return M.marker(vim.fn.getline(lnum)) ~= nil
end

return M
