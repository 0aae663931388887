-- opens: era-c-broken.cable
-- A transcriber fixes a cable: one slip by its quick fix, then all, then the numbers.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

t.run(function()
  t.eventually(function()
    return t.has_diagnostic('CLS005')
  end, 'diagnostics come')

  t.cursor(11, 'STPDIS')
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('SIPDIS') ~= nil
    end,
  })
  t.eventually(function()
    return t.line(11) == 'SIPDIS'
  end, 'the quick fix is applied')
  t.eventually(function()
    return not t.has_diagnostic('CLS005')
  end, 'its diagnostic goes')
  vim.cmd('silent write')
  t.check(t.saved():find('\nSIPDIS\n'), 'it is saved')

  local said = t.notifications()
  vim.cmd.CableRepair()
  t.check((said[1] or ''):find('%d+ places changed'), ':CableRepair says how much changed', said)
  t.equal('TAGS: PREL EAIR ECOMN KZ', t.line(17), 'it repairs TAGS')
  t.check(t.line(24):find('^1%. %(SBU%)'), 'it repairs the first marker', t.line(24))
  t.equal(0, vim.fn.search([[\\P4\|^I6\|^- 12\|\](#)]], 'nw'), 'no damaged marker is left')
  t.eventually(function()
    return not (t.has_diagnostic('TXT001') or t.has_diagnostic('TXT004') or t.has_diagnostic('PAR006'))
  end, 'their diagnostics go')
  vim.cmd.CableRepair()
  t.check((said[2] or ''):find('nothing to repair'), 'a second time there is nothing to do', said)
  vim.cmd('silent write')
  t.check(t.saved():find('\n6%. %(SBU%) Comment'), 'the repair is saved')
  vim.cmd('undo')
  t.check(t.line(24):find('^11%.'), 'one undo takes the whole repair back', t.line(24))
  vim.cmd('redo')

  vim.cmd.CableRenumber()
  t.check((said[3] or ''):find('numbered well'), ':CableRenumber leaves right numbers', said)
  vim.cmd('silent edit! era-c-clean.cable')
  t.eventually(t.client, 'attached to the next cable')
  vim.fn.cursor(vim.fn.search('^4\\. (SBU)'), 1)
  vim.fn.setline('.', (vim.fn.getline('.'):gsub('^4', '7')))
  vim.cmd.CableRenumber()
  t.check(vim.fn.getline('.'):find('^4%. %(SBU%)'), ':CableRenumber counts anew', vim.fn.getline('.'))
end)
