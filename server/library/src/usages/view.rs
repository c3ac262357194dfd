//! The files of some roots, in memory: who owns them, and what their paths say of them.

use std::ops::Range;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::module_of;
use crate::rank::{Aspect, FileMeasures, judge_file};
use crate::store::{FileRow, PackageRow, Reader, RootRow, StoreError};

/// What the index holds of the folders that are asked about.
pub(crate) struct View {
    roots: Vec<RootRow>,
    packages: Vec<PackageRow>,
    /// Root by root, sorted by path within each.
    files: Vec<FileEntry>,
    /// Where the files of each root are in `files`.
    ranges: Vec<Range<usize>>,
    /// The file to show for a text, the best if several have it.
    by_content: FxHashMap<i64, usize>,
}

/// A file that can be shown.
pub(crate) struct FileEntry {
    /// Relative to its root.
    pub(crate) path: String,
    pub(crate) content: i64,
    /// What its facts earn it.
    pub(crate) points: i32,
    /// The number of the package that owns it, for grouping.
    pub(crate) package: usize,
    /// Whether it is shown behind all others: tests, copies, generated code, stubs.
    pub(crate) is_apart: bool,
    root: usize,
    is_generated: bool,
}

impl View {
    /// Read what is known of some folders.
    pub(crate) fn load(reader: &Reader, folders: &[PathBuf]) -> Result<Self, StoreError> {
        let mut view = Self {
            roots: Vec::new(),
            packages: Vec::new(),
            files: Vec::new(),
            ranges: Vec::new(),
            by_content: FxHashMap::default(),
        };
        let mut rows = reader.roots()?;
        rows.retain(|row| folders.iter().any(|folder| *folder == Path::new(&row.path)));
        for row in rows {
            let (packages, files) = (reader.packages(row.id)?, reader.files(row.id)?);
            view.add(row, packages, files);
        }
        Ok(view)
    }

    fn add(&mut self, root: RootRow, packages: Vec<PackageRow>, files: Vec<FileRow>) {
        let (first, begin) = (self.packages.len(), self.files.len());
        let places: FxHashMap<i64, usize> =
            packages.iter().enumerate().map(|(index, package)| (package.id, first + index)).collect();
        self.packages.extend(packages);
        self.roots.push(root);
        for row in files {
            let (Some(content), Some(package)) = (row.content, places.get(&row.package)) else { continue };
            let mut file = FileEntry {
                path: row.path,
                content,
                points: 0,
                is_apart: false,
                root: self.roots.len() - 1,
                package: *package,
                is_generated: row.is_generated,
            };
            let measures = self.measures(&file);
            file.points = judge_file(&measures).iter().map(|part| part.points).sum();
            file.is_apart = measures.aspects.iter().any(|aspect| aspect.sets_apart());
            let index = self.files.len();
            let shown = self.by_content.entry(content).or_insert(index);
            if self.files.get(*shown).is_some_and(|other| other.points < file.points) {
                *shown = index;
            }
            self.files.push(file);
        }
        self.ranges.push(begin..self.files.len());
    }

    /// The file to show for a text; `None` if none of these folders has it.
    pub(crate) fn of_content(&self, content: i64) -> Option<usize> {
        self.by_content.get(&content).copied()
    }

    /// The file at a path relative to any of the roots.
    pub(crate) fn at(&self, path: &str) -> Option<usize> {
        self.ranges.iter().find_map(|range| self.in_range(range, path))
    }

    /// The file at an absolute path.
    pub(crate) fn of_path(&self, path: &Path) -> Option<usize> {
        self.roots.iter().zip(&self.ranges).find_map(|(row, range)| {
            let parts: Option<Vec<_>> = path.strip_prefix(&row.path).ok()?.iter().map(|part| part.to_str()).collect();
            self.in_range(range, &parts?.join("/"))
        })
    }

    fn in_range(&self, range: &Range<usize>, path: &str) -> Option<usize> {
        let found = self.files[range.clone()].binary_search_by(|file| file.path.as_str().cmp(path));
        found.ok().map(|index| range.start + index)
    }

    /// The other modules of a package, by its path: those that its `__init__` may pass on.
    pub(crate) fn package_modules(&self, mut folder: String) -> impl Iterator<Item = usize> {
        folder.push('/');
        self.ranges.iter().flat_map(move |range| {
            let files = &self.files[range.clone()];
            let first = files.partition_point(|file| file.path < folder);
            let below = files[first..].iter().map_while(|file| file.path.strip_prefix(&folder)).enumerate();
            let modules: Vec<_> = below.filter(|(_, rest)| !rest.contains('/')).collect();
            modules.into_iter().map(move |(index, _)| range.start + first + index)
        })
    }

    pub(crate) fn file(&self, index: usize) -> &FileEntry {
        &self.files[index]
    }

    /// The dotted name of the file as a module.
    pub(crate) fn module(&self, file: &FileEntry) -> String {
        let (root, module) = (&self.roots[file.root].module, module_of(Path::new(&file.path)));
        [root.as_str(), &module].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
    }

    /// Where the file is.
    pub(crate) fn path(&self, file: &FileEntry) -> PathBuf {
        Path::new(&self.roots[file.root].path).join(&file.path)
    }

    /// The name and the version of the package that owns a file.
    pub(crate) fn package(&self, file: &FileEntry) -> (&str, Option<&str>) {
        let package = &self.packages[file.package];
        (&package.name, package.version.as_deref())
    }

    /// What is known of a file.
    pub(crate) fn measures(&self, file: &FileEntry) -> FileMeasures {
        let is_standard_library = self.roots[file.root].kind == "standard-library";
        let said = [
            (Aspect::Test, is_test(&file.path)),
            (Aspect::Vendored, has_folder(&file.path, &VENDORED)),
            (Aspect::Generated, file.is_generated),
            (Aspect::Aside, is_aside(&file.path, is_standard_library)),
            (Aspect::Stub, Path::new(&file.path).extension().is_some_and(|extension| extension == "pyi")),
            (Aspect::StandardLibrary, is_standard_library),
        ];
        let aspects = said.into_iter().filter_map(|(aspect, is_so)| is_so.then_some(aspect)).collect();
        FileMeasures { aspects, required_by: self.packages[file.package].required_by }
    }

    /// Something for each package, by its number.
    pub(crate) fn of_packages<T>(&self, make: impl FnMut(&PackageRow) -> T) -> Vec<T> {
        self.packages.iter().map(make).collect()
    }
}

/// Folders of other projects' code, by the names that projects give them.
const VENDORED: [&str; 9] = [
    "_vendor",
    "vendor",
    "vendored",
    "_vendored",
    "_vendored_packages",
    "extern",
    "externals",
    "third_party",
    "thirdparty",
];

/// Folders of tests.
const TESTS: [&str; 5] = ["test", "tests", "_tests", "testing", "idle_test"];

/// Folders of what accompanies a package.
const ASIDE: [&str; 9] = ["examples", "example", "demo", "demos", "docs", "doc", "benchmarks", "scripts", "tools"];

/// Programs that come with the standard library and are no library.
const PROGRAMS: [&str; 5] = ["idlelib", "lib2to3", "turtledemo", "ensurepip", "pydoc_data"];

fn is_test(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    has_folder(path, &TESTS)
        || name.starts_with("test_")
        || name.ends_with("_test.py")
        || name.ends_with("_tests.py")
        || matches!(name, "conftest.py" | "tests.py" | "test.py")
}

fn is_aside(path: &str, is_standard_library: bool) -> bool {
    has_folder(path, &ASIDE) || is_standard_library && PROGRAMS.iter().any(|program| path.starts_with(program))
}

fn has_folder(path: &str, names: &[&str]) -> bool {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').any(|folder| names.contains(&folder))
}
