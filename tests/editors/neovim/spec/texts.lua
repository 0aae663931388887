-- opens: cable.txt
-- A text that is a cable is taken for one, and no other text is.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

t.run(function()
  t.equal('cable', vim.bo.filetype, 'a .txt that is a cable')
  t.eventually(t.client, 'is attached')
  vim.cmd('silent edit letter.txt')
  t.equal('text', vim.bo.filetype, 'a .txt that is none')
  t.equal(nil, t.client(), 'is left alone')

  local detect = require('cable.detect')
  for _, name in ipairs(vim.fn.glob('*.cable', true, true)) do
    t.check(detect.is_cable(vim.fn.readfile(name)), name .. ' would be known as a text')
  end
  local others = {
    ['an empty text'] = {},
    ['a letter about a cable'] = { 'Dear Ann,', 'the E.O. 12958: N/A line puzzled me.', 'SUBJECT: lines', 'Yours' },
    ['notes with a line of a cable'] = { 'TAGS: PREL KZ', 'What do these mean?', '1. (U) ask Bob' },
    ['a licence in capitals'] = { 'TO THE EXTENT PERMITTED BY LAW', 'INFO ON THE TERMS', 'SECRET INGREDIENTS 1234' },
    ['a cable far below'] = vim.list_extend(vim.fn['repeat']({ 'Text.' }, 60), vim.fn.readfile('cable.txt')),
  }
  for what, lines in pairs(others) do
    t.check(not detect.is_cable(lines), what .. ' is none')
  end

  require('cable').setup({ detect_text_files = false })
  vim.cmd('silent bwipeout! cable.txt | silent edit cable.txt')
  t.equal('text', vim.bo.filetype, 'detection can be switched off')
end)
