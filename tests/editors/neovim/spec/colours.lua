-- opens: era-c-broken.cable
-- Colours before the server answers.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

---@param lnum integer
---@param text string
---@return string
local function group(lnum, text)
  t.cursor(lnum, text)
  return vim.fn.synIDattr(vim.fn.synID(lnum, vim.fn.col('.'), 1), 'name')
end

t.run(function()
  for _, place in ipairs({
    { 1, 'VZCZC', 'cableProsign' },
    { 2, 'RUEHAST', 'cableRouting' },
    { 3, 'DE', 'cableProsignWord' },
    { 4, 'ZNR', 'cableProsign' },
    { 6, 'FM', 'cableProsignWord' },
    { 7, 'RUEHC', 'cableRouting' },
    { 9, 'UNCLAS', 'cableClassification' },
    { 13, 'SENSITIVE', 'cableCaption' },
    { 15, 'E.O.', 'cableKeyword' },
    { 17, 'TAGS', 'cableTagsKeyword' },
    { 17, 'EAIR', 'cableArtefact' },
    { 19, 'SUBJECT', 'cableSubjectKeyword' },
    { 21, 'REF', 'cableKeyword' },
    { 22, '[1](#)', 'cableArtefact' },
    { 24, '11.', 'cableMarker' },
    { 24, '(SBU)', 'cablePortion' },
    { 24, 'Summary.', 'cableBlock' },
    { 26, 'RUNWAY', 'cableHeading' },
    { 28, '- 12', 'cableDamagedMarker' },
    { 30, '[1](#)3', 'cableDamagedMarker' },
    { 32, 'ASTANA', 'cablePageLine' },
    { 34, '$\\P4$', 'cableDamagedMarker' },
    { 40, 'I6.', 'cableDamagedMarker' },
    { 40, 'End comment', 'cableBlock' },
  }) do
    local lnum, text, name = unpack(place)
    t.equal(name, group(lnum, text), ('line %d: %s'):format(lnum, text))
  end

  -- Lines of 2,000 characters that nearly match.
  vim.cmd('enew')
  local long = ('A LINE OF CAPITALS THAT GOES ON 12 (SBU [1](# AND - '):rep(40)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.fn['repeat']({ long, '' }, 500))
  vim.bo.syntax = 'cable'
  local began = os.clock()
  for lnum = 1, 200 do
    vim.fn.synID(lnum, 2000, 1)
  end
  local seconds = os.clock() - began
  t.check(seconds < 2, '100 lines of 2,000 characters are coloured at once', seconds)
end)
