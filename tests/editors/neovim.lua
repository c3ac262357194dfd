-- Drives Neovim for neovim.rs: `nvim -l neovim.lua PLUGIN-FOLDER SAMPLE`. Tells what a person would see, as JSON.

local plugin, sample = arg[1], arg[2]
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
local screen = dofile(here .. '/screen.lua')
local await, float = screen.await, screen.float

vim.cmd.filetype('on')
vim.opt.runtimepath:append(plugin)
vim.lsp.enable('pygloss')
vim.cmd.edit(sample)

await('the server', function()
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'pygloss' })[1]
  return client and client.initialized
end)

vim.api.nvim_win_set_cursor(0, { 2, 6 })
vim.lsp.buf.hover()
await('the hover', float)
local hover = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float()), 0, -1, false)

vim.lsp.buf.code_action({ context = { only = { 'source.doc.pygloss' } }, apply = true })
await('the page', function()
  return vim.api.nvim_buf_get_name(0):match('%.md$')
end)

print('told: ' .. vim.json.encode({
  hover = table.concat(hover, '\n'),
  page = vim.api.nvim_buf_get_name(0),
  line = vim.api.nvim_win_get_cursor(0)[1],
  text = vim.api.nvim_get_current_line(),
}))
vim.cmd.quitall({ bang = true })
