//! `pygloss lsp`: the language server on standard input and output.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;

use anyhow::Context;
use pygloss_lsp::Topics;
use tracing_subscriber::filter::LevelFilter;

use super::glossary;
use super::output::Terminal;

/// Run the language server on standard input and output
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  pygloss lsp
  pygloss lsp --log pygloss.log --log-level debug

An editor starts this command; editors/README.md says how to set up yours.")]
pub(crate) struct Args {
    /// Where to log; standard error without it
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,

    /// How much to log
    #[arg(long, value_name = "LEVEL", default_value = "warn")]
    log_level: LogLevel,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

/// Serve until the client is done.
pub(crate) fn run(args: &Args, topics: &[PathBuf], terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    start_log(args)?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "starting");
    let folders = glossary::read(topics, terminal);
    let glossary = glossary::compile(&folders, terminal).into();
    let code = pygloss_lsp::serve_stdio(Topics { glossary, folders }).context("can't start the server")?;
    Ok(ExitCode::from(code))
}

/// Standard output belongs to the protocol, so that the log goes anywhere else.
fn start_log(args: &Args) -> anyhow::Result<()> {
    let log = tracing_subscriber::fmt().with_max_level(level(args.log_level));
    match &args.log {
        None => log.with_writer(io::stderr).with_ansi(false).init(),
        Some(path) => {
            let file = File::options().create(true).append(true).open(path);
            let file = file.with_context(|| format!("can't write the log {}", path.display()))?;
            log.with_writer(Mutex::new(file)).with_ansi(false).init();
        }
    }
    Ok(())
}

fn level(level: LogLevel) -> LevelFilter {
    match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    }
}
