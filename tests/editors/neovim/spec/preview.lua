-- opens: era-c-broken.cable
-- The cable as a person reads it, in a split beside it: it follows, leads back, and nothing in a cable acts in it. That it
-- scrolls along is seen on a screen.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

--- The buffer of the page.
---@return integer?
local function page()
  return vim.iter(vim.api.nvim_list_bufs()):find(function(bufnr)
    return vim.bo[bufnr].filetype == 'cablepreview'
  end)
end

--- The line of the page that holds these words, and its number.
---@param words string
---@return string? line
---@return integer? lnum
local function shown(words)
  for lnum, line in ipairs(page() and vim.api.nvim_buf_get_lines(page(), 0, -1, false) or {}) do
    if line:find(words, 1, true) then
      return line, lnum
    end
  end
end

--- Presses Enter on the line of the page that holds these words, and says where that leads.
---@param words string
---@return string
local function enter(words)
  vim.api.nvim_set_current_win(vim.fn.bufwinid(page()))
  vim.api.nvim_win_set_cursor(0, { select(2, shown(words)), 0 })
  t.type('<CR>')
  return vim.fn.expand('%:t') .. ': ' .. vim.api.nvim_get_current_line()
end

t.run(function()
  local said = t.notifications()
  t.eventually(t.client, 'attached')
  t.equal(2, vim.fn.exists(':CablePreview'), 'the command is there')
  vim.cmd.CablePreview()
  t.equal('era-c-broken.cable', vim.fn.expand('%:t'), 'the cable stays in front')
  t.eventually(function()
    return shown('He added that')
  end, 'its text is beside it')
  t.equal('3 SBU    He added', (shown('He added that') or ''):sub(1, 17), 'with true numbers in the margin')
  t.check(shown('SIPDIS ] STPDIS, line 11'), 'and what was corrected')
  local window = vim.fn.bufwinid(page())
  local width = vim.api.nvim_win_get_width(window)
  local wide = vim.tbl_filter(function(line)
    return vim.fn.strwidth(line) > width
  end, vim.api.nvim_buf_get_lines(page(), 0, -1, false))
  t.equal({}, wide, ('every line fits the window of %d columns'):format(width))
  vim.cmd.CablePreview()
  t.equal(2, #vim.api.nvim_tabpage_list_wins(0), 'there is one split')

  t.equal('era-c-broken.cable: [1](#)3. (SBU) He added that two foreign carriers have asked for slots after midnight.',
    enter('He added that'), 'Enter leads to the line')
  t.equal('era-c-broken.cable: STPDIS', enter('SIPDIS ] STPDIS'), 'from a note to what it is about')
  t.equal('era-c-broken.cable: SUBJECT: KAZAKHSTAN: NIGHT FLIGHTS FROM THE OLD AIRPORT', enter('NIGHT FLIGHTS'),
    'and from the head')

  vim.api.nvim_buf_set_lines(0, 31, 31, false, { '¶3. (U) One, typed just now.', '' })
  t.eventually(function()
    return shown('One, typed just now.')
  end, 'it follows an edit')
  t.check(not vim.bo[page()].modifiable, 'and nobody types into it')
  vim.cmd('silent undo')
  t.eventually(function()
    return not shown('One, typed just now.')
  end, 'and what is taken back')

  vim.cmd('silent edit era-c-clean.cable')
  t.eventually(function()
    return shown('OLD MAPS')
  end, 'it follows the cable in front')
  t.equal(2, #vim.api.nvim_tabpage_list_wins(0), 'in the same split')

  vim.fn.writefile({
    'UNCLAS LIMA 000001', '', 'SUBJECT: <script>alert(1)</script>', '',
    '1. (U) One ](javascript:alert(1)) \27[31m two \226\128\174 three \n four', 'vim: set textwidth=7 :',
  }, 'hostile.cable')
  vim.cmd('silent edit hostile.cable')
  t.eventually(function()
    return shown('<script>alert(1)</script>')
  end, 'a hostile cable is shown as it is')
  local text = table.concat(vim.api.nvim_buf_get_lines(page(), 0, -1, false), '\n')
  t.check(not text:find('[%z\27]') and not text:find('\226\128\174', 1, true), 'without the signs that act', text)
  t.check(text:find('[U+202E]', 1, true) and text:find('[U+001B]', 1, true), 'each named by its code', text)
  t.equal(0, vim.bo[page()].textwidth, 'and sets nothing')

  local opened
  vim.ui.open = function(file)
    opened = file
    return {}
  end
  vim.cmd('CablePreview!')
  t.eventually(function()
    return opened
  end, ':CablePreview! opens a page')
  local html = table.concat(vim.fn.readfile(opened or '/dev/null'), '\n')
  t.check(html:find('<h1[^>]*>&lt;script&gt;') and not html:find('<script'), 'of this cable, and nothing in it acts', html)

  vim.api.nvim_win_close(window, true)
  t.equal(nil, page(), 'closing the split ends it')
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'More.' })
  vim.cmd('silent! edit! era-c-broken.cable')
  vim.cmd.CablePreview()
  t.eventually(function()
    return shown('He added that')
  end, 'and it can be opened again')
  t.equal({}, said, 'nothing was complained of')
end)
