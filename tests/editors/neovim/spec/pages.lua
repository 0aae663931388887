-- opens: era-c-clean.cable
-- README.md and the help name every command and option of the plugin, and no other.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

---@param name string
local function page(name)
  return table.concat(vim.fn.readfile(vim.env.CABLE_PLUGIN .. '/' .. name), '\n')
end

--- What a pattern finds, each once, in the order of the alphabet.
---@param text string
---@param pattern string
local function found(text, pattern)
  local names = {}
  for name in text:gmatch(pattern) do
    names[name] = true
  end
  names = vim.tbl_keys(names)
  table.sort(names)
  return names
end

t.run(function()
  local readme, help = page('README.md'), page('doc/cable.txt')
  local commands = vim.tbl_filter(function(name)
    return vim.startswith(name, 'Cable')
  end, vim.tbl_keys(vim.api.nvim_get_commands({})))
  table.sort(commands)
  t.check(#commands > 5, 'the plugin has commands')
  t.equal(commands, found(readme, ':(Cable%u?%l+%u?%l*)'), 'README.md names the commands that there are')
  t.equal(commands, found(help, '%*:(Cable%u?%l+%u?%l*)%*'), 'the help names the commands that there are')

  local options = require('cable.options')
  for _, name in ipairs(found(help, '%*g:cable_([%l_]+)%*')) do
    t.check(pcall(options.set, { [name] = options.get(name) }), 'the option ' .. name .. ' of the help is one')
  end
  for _, name in ipairs(found(readme:match("setup%(%b{}%)"), '\n  ([%l_]+) =')) do
    t.check(help:find('*g:cable_' .. name .. '*', 1, true), 'the option ' .. name .. ' of README.md is in the help')
  end

  for _, key in ipairs({ ']]', '[[', ']h', '[h', 'gO' }) do
    local is_set = vim.fn.maparg(key, 'n', false, true).buffer == 1
    t.check(is_set and readme:find('`' .. key .. '`', 1, true), 'the key ' .. key .. ' of README.md is set')
  end
end)
