-- Attaches pygloss in the Neovim that `pygloss try` starts, by `--cmd`, so before the user's own configuration is read.
-- $PYGLOSS_TRY says in JSON how to start the server (cmd), where the cursor goes and what help to show.

local try = vim.json.decode(vim.env.PYGLOSS_TRY, { luanil = { object = true } })
vim.env.PYGLOSS_TRY = nil
local group = vim.api.nvim_create_augroup('pygloss.try', {})

-- By now the user's configuration has been read, which this one is laid over, and no file has its type yet.
vim.api.nvim_create_autocmd({ 'BufReadPre', 'BufNewFile' }, {
  group = group,
  once = true,
  callback = function()
    vim.lsp.config('pygloss', { cmd = try.cmd, filetypes = { 'python' }, root_markers = { 'pyproject.toml', '.git' } })
    vim.lsp.enable('pygloss')
  end,
})

vim.api.nvim_create_autocmd('VimEnter', {
  group = group,
  once = true,
  callback = function()
    if vim.bo.filetype ~= 'python' then
      vim.bo.filetype = 'python'
    end
    if try.cursor then
      pcall(vim.api.nvim_win_set_cursor, 0, try.cursor)
    end
    vim.wo[0][0].winbar = ' pygloss: ' .. try.help:gsub('%%', '%%%%')
  end,
})
