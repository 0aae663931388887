-- opens: era-c-broken.cable
-- Repair and lint on save, for those who switched them on.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

t.run(function()
  t.eventually(t.client, 'attached')
  vim.cmd('silent write')
  t.equal('STPDIS', t.line(11), 'off by default')

  require('cable').setup({ repair_on_save = true, lint_on_save = true })
  vim.cmd('silent write')
  t.equal('SIPDIS', t.line(11), 'a write repairs the buffer')
  t.check(t.saved():find('\nSIPDIS\n') and t.saved():find('\n6%. %(SBU%)'), 'and the file has it')
  t.check(not vim.bo.modified, 'nothing is left to write')
  t.eventually(function()
    return not t.has_diagnostic('CLS005')
  end, 'diagnostics go')

  local function remaining()
    return vim.tbl_map(function(item)
      return item.lnum
    end, vim.fn.getloclist(0))
  end
  t.eventually(function()
    return #vim.diagnostic.get(0) > 0 and #remaining() == #vim.diagnostic.get(0)
  end, 'the location list holds what remains')
  t.check(vim.list_contains(remaining(), 5), 'with the date-time group that has no Z', remaining())
  vim.fn.setline(5, 'R 281015Z JUN 07')
  vim.cmd('silent write')
  t.eventually(function()
    return not vim.list_contains(remaining(), 5)
  end, 'and loses what was fixed')

  local good, reason = pcall(require('cable').setup, { repair_on_svae = true })
  t.check(not good and tostring(reason):find('repair_on_save'), 'an option misspelt is named', reason)
end)
