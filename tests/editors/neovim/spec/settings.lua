-- opens: letter.txt
-- The editor's settings reach the server.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

t.run(function()
  require('cable').setup({ settings = { ignore = { 'CLS005' } } })
  vim.cmd('silent edit era-c-broken.cable')
  t.eventually(function()
    return t.has_diagnostic('TXT001')
  end, 'diagnostics come')
  -- A server that was not told its settings for long begins without them.
  t.eventually(function()
    return not t.has_diagnostic('CLS005')
  end, 'a rule that is ignored stays silent')
end)
