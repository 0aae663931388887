-- opens: era-c-broken.cable
-- Motions, folds and options, without the server.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

--- The lines that a motion stops at, from the top.
---@param keys string
---@return integer[]
local function stops(keys)
  local lines = {}
  repeat
    local before = vim.fn.line('.')
    t.type(keys)
    table.insert(lines, vim.fn.line('.'))
  until vim.fn.line('.') == before
  table.remove(lines)
  return lines
end

t.run(function()
  require('cable').enable(false)
  t.eventually(function()
    return #vim.lsp.get_clients() == 0
  end, 'the server is gone')
  vim.cmd('normal! gg')
  t.equal({ 24, 28, 30, 34, 38, 40 }, stops(']]'), ']] stops at every marker, damaged ones too')
  t.equal({ 38, 34, 30, 28, 24 }, stops('[['), '[[ goes back')
  t.type('gg2]]')
  t.equal(28, vim.fn.line('.'), 'a count')
  t.type('gg]h')
  t.equal(26, vim.fn.line('.'), ']h goes to the heading')
  t.type('G[h')
  t.equal(26, vim.fn.line('.'), '[h goes back to it')
  t.type('``')
  t.equal(42, vim.fn.line('.'), 'a motion leaves a mark to come back to')
  t.equal(-1, vim.fn.foldclosed(28), 'folds are open at first')
  vim.cmd('normal! zM')
  local closed = {}
  for lnum = 1, vim.fn.line('$') do
    if vim.fn.foldclosed(lnum) == lnum then
      table.insert(closed, lnum)
    end
  end
  t.check(vim.list_contains(closed, 24) and vim.list_contains(closed, 40), 'each paragraph is a fold', closed)
  t.equal(-1, vim.fn.foldclosed(26), 'a heading stays to be seen')
  local text = vim.fn.foldtextresult(28)
  t.check(text:find('^¶2 %(SBU%) The director showed'), 'the text of a fold has the true number', text)
  t.check(text:find('… 1 line'), 'and how many lines are in it', text)
  t.check(vim.fn.strdisplaywidth(text) <= vim.o.columns, 'and fits the window', text)
  vim.cmd('normal! zR')

  t.equal('', vim.bo.commentstring, 'a cable has no comments')
  t.equal('nlq', vim.bo.formatoptions, 'no line is broken or joined unasked')
  vim.fn.setline(17, 'TAGS: PREL G-8 KZ')
  t.cursor(17, 'G-8')
  t.equal('G-8', vim.fn.expand('<cword>'), 'a TAG with a hyphen is a word')

  t.type('38G0d]]')
  t.check(t.line(38):find('^I6%.'), 'an operator takes a motion', t.line(38))
  vim.cmd('undo')

  vim.bo.filetype = 'text'
  t.equal('', vim.fn.maparg(']h', 'n'), 'another file type takes the keys back')
end)
