-- opens: letter.txt
-- The editor's settings reach the server.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

t.run(function()
  require('cable').setup({ settings = { ignore = { 'CLS005' } } })
  vim.cmd('silent edit era-c-broken.cable')
  t.eventually(function()
    return t.has_diagnostic('TXT001')
  end, 'diagnostics come')
  t.check(not t.has_diagnostic('CLS005'), 'a rule that is ignored stays silent', t.diagnostics())
end)
