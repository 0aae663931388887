-- opens: era-c-broken.cable
-- The outline as a list, the colour of TAGS, a new cable.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

--- The colour of the letters of a group, as the scheme has it.
---@param group string
local function colour(group)
  return vim.api.nvim_get_hl(0, { name = group, link = false }).fg
end

--- What the server's `cable.newCable` answers to something it cannot know; an older one looks at no argument.
local function takes_arguments()
  local answers = vim.lsp.buf_request_sync(
    0,
    'workspace/executeCommand',
    { command = 'cable.newCable', arguments = { { nonsense = true } } },
    90000
  ) or {}
  local _, answer = next(answers)
  return answer ~= nil and (answer.err or answer.error) ~= nil
end

t.run(function()
  t.eventually(t.client, 'the server is attached')

  local normal = colour('Normal')
  t.check(colour('cableTag') and colour('cableTag') ~= normal, 'TAGS have a colour in the default scheme')
  t.check(colour('@lsp.type.enumMember.cable') == colour('cableTag'), 'also when the server names them')

  local window = vim.api.nvim_get_current_win()
  t.type('gO')
  t.eventually(function()
    return #vim.fn.getloclist(window) > 0
  end, 'gO lists the outline')
  local texts = vim.tbl_map(function(item)
    return item.text
  end, vim.fn.getloclist(window))
  local function place(words)
    for number, text in ipairs(texts) do
      if text:find(words, 1, true) then
        return number
      end
    end
    return math.huge
  end
  t.check(place('¶1 (SBU)') < place('envelope'), 'paragraphs come before the envelope', texts)
  t.check(place('RUNWAY LIGHTS') < place('header'), 'headings come before the header', texts)
  t.check(place('header') < math.huge and place('TAGS') < math.huge, 'and nothing is lost', texts)
  vim.cmd.lclose()

  local answers_arguments = takes_arguments()
  local server = require('cable.server')
  local request = server.request
  local sent
  server.request = function(client, method, parameters, bufnr)
    sent = parameters
    return request(client, method, parameters, bufnr)
  end
  local asked = {}
  local said = { 'Astana', '', 'Kazakhstan: a road', 'PREL KZ', '06 MOSCOW 121' }
  vim.ui.input = function(options, done)
    table.insert(asked, options.prompt)
    done(table.remove(said, 1))
  end
  vim.ui.select = function(items, options, done)
    table.insert(asked, options.prompt)
    done(items[1])
  end
  vim.cmd.CableNew()
  t.equal(7, #asked, ':CableNew asks seven times')
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  t.equal({
    {
      post = 'Astana',
      classification = 'UNCLASSIFIED',
      precedence = 'ROUTINE',
      subject = 'Kazakhstan: a road',
      tags = { 'PREL', 'KZ' },
      references = { '06 MOSCOW 121' },
    },
  }, sent.arguments, 'the server is told what was said, and nothing else')
  t.equal('', vim.api.nvim_buf_get_name(0), 'and opens a buffer of its own')
  t.check(text:find('SUBJECT:', 1, true) and text:find('TAGS', 1, true), 'with a cable in it', text)
  if answers_arguments then
    t.check(text:find('A ROAD', 1, true) or text:find('a road', 1, true), 'which has the answers', text)
    t.check(text:find('MOSCOW 121', 1, true), 'all of them', text)
  end
  vim.cmd.stopinsert()

  asked = {}
  vim.ui.input = function(options, done)
    table.insert(asked, options.prompt)
    done(nil)
  end
  local before = vim.api.nvim_get_current_buf()
  vim.cmd.CableNew()
  t.equal({ 1, before }, { #asked, vim.api.nvim_get_current_buf() }, 'whoever leaves a question gets none')

  vim.cmd('silent edit! era-c-clean.cable')
  t.eventually(t.client, 'the server is attached to another cable')
  local answered = vim.api.nvim_get_current_buf()
  vim.cmd('CableNew!')
  t.equal({ { answers = vim.uri_from_bufnr(answered) } }, sent.arguments, 'the server is told which cable is answered')
  t.check(vim.api.nvim_get_current_buf() ~= answered, ':CableNew! writes an answer beside the cable')
  t.check(table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'):find('SUBJECT', 1, true), 'with a cable in it')
  vim.cmd.stopinsert()
end)
