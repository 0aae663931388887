-- The whole configuration of the user of these tests.
vim.opt.runtimepath:prepend(vim.env.CABLE_PLUGIN)
vim.diagnostic.config({ virtual_text = true })
