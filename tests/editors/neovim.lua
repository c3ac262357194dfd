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

local function open(title, name)
  vim.lsp.buf.code_action({
    context = { only = { 'source.doc.pygloss' } },
    filter = function(action) return vim.startswith(action.title, title) end,
    apply = true,
  })
  await(title, function()
    return vim.api.nvim_buf_get_name(0):match(name)
  end)
end

open('Show topic', '17%-slots%.md$')
local told = {
  hover = table.concat(hover, '\n'),
  page = vim.api.nvim_buf_get_name(0),
  line = vim.api.nvim_win_get_cursor(0)[1],
  text = vim.api.nvim_get_current_line(),
}

vim.cmd.edit(sample)
vim.api.nvim_win_set_cursor(0, { 2, 6 })
open('Find real-world usages', 'usages/.*%.md$')
-- The page may have been opened before the index was whole; then it is written once more.
await('the usages', function()
  vim.cmd.checktime()
  return not table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'):match('still being indexed')
end)
told.usages = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')

vim.cmd.edit(sample)
vim.lsp.buf.workspace_symbol('#slots-declaration')
await('the symbols', function()
  return #vim.fn.getqflist() > 1
end)
told.symbols = vim.tbl_map(function(item) return item.text end, vim.fn.getqflist())

print('told: ' .. vim.json.encode(told))
vim.cmd.quitall({ bang = true })
