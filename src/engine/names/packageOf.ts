/**
 * The package a function belongs to, read from its name: a Go package, a Java or .NET namespace, a Rust crate, a C++
 * namespace, an npm package, a Python module. '' when the name does not tell (C functions, addresses). One way of
 * writing is tried after the other, those with the most telling marks first; vectors in testdata/names/packages.json.
 */
export function packageOf(name: string): string {
  const beginning = name.slice(0, MAX_LENGTH);
  for (const read of WAYS) {
    const found = read(beginning);
    if (found !== undefined) {
      return found;
    }
  }
  return '';
}

/** Template names can be tens of thousands of characters long; the package stands near the beginning. */
const MAX_LENGTH = 400;

// A name is asked for each function that comes into sight, so a way first looks for its mark, which costs little.
type Way = (name: string) => string | undefined;

const kernel: Way = (name) =>
  name.endsWith(']') && /(_\[k\]|\[kernel(\.kallsyms)?\])$/.test(name) ? 'kernel' : undefined;

/** System.Private.CoreLib!System.String.Concat, libc.so.6`malloc */
const assembly: Way = (name) => /^([\w.-]+)[!`]./.exec(name)?.[1];

/** ./node_modules/@scope/name/lib/index.js, node:internal/process, /app/dist/app.js:handler:12 */
const javascript: Way = (name) => {
  if (name.includes('node:') && /\bnode:[\w/]+/.test(name)) {
    return 'node';
  }
  if (!/\.[cm]?[jt]sx?\b/.test(name)) {
    return undefined;
  }
  const file = /([\w@.\-+/\\: ]*\.[cm]?[jt]sx?)\b/.exec(name)?.[1];
  if (file === undefined || !/[(/\\:]|\.[cm]?[jt]sx?:/.test(name)) {
    return undefined;
  }
  const installed = /.*node_modules[/\\](?:\.pnpm[/\\][^/\\]+[/\\]node_modules[/\\])?((?:@[^/\\]+[/\\])?[^/\\:]+)/.exec(
    file
  );
  return installed ? installed[1] : folderOf(file);
};

/** place_order (orders/checkout.py:31), /usr/lib/python3.11/site-packages/django/core/base.py:run */
const python: Way = (name) => {
  if (!name.includes('.py')) {
    return undefined;
  }
  const file = /([^\s(:]+)\.pyx?\b/.exec(name)?.[1];
  if (file === undefined) {
    return undefined;
  }
  const installed = /.*(?:site|dist)-packages\/([^/]+)/.exec(file);
  if (installed) {
    return installed[1];
  }
  const standard = /.*\/python\d[\d.]*\/(.+)$/.exec(file);
  const path = standard ? standard[1] : file.replace(/^[./]+/, '');
  return path.split('/')[0];
};

/** /usr/lib/ruby/gems/3.3.0/gems/rack-3.0.8/lib/rack/builder.rb:12 - call */
const ruby: Way = (name) => {
  if (!name.includes('.rb')) {
    return undefined;
  }
  const file = /([^\s(:]+)\.rb\b/.exec(name)?.[1];
  if (file === undefined) {
    return undefined;
  }
  return /.*\/gems\/([^/]+?)-\d[^/]*\//.exec(file)?.[1] ?? folderOf(file);
};

/** Symfony\Component\HttpKernel\HttpKernel::handle */
const php: Way = (name) =>
  !name.includes('\\') ? undefined : /^\\?((?:\w+\\)+)\w+(?:::|->|$)/.exec(name)?.[1].slice(0, -1);

/** tokio::runtime::task::poll, <alloc::vec::Vec<T> as core::ops::Drop>::drop, std::vector<int>::push_back(int) */
const colons: Way = (name) => {
  if (!name.includes('::')) {
    return undefined;
  }
  const scoped = /(?:^|[\s<&*(])([A-Za-z_]\w*)(?:\[[0-9a-f]+\])?::/.exec(name);
  return scoped ? scoped[1] : undefined;
};

/** com.example.orders.Checkout.place, com/example/orders/Checkout$Inner.place, java.lang.String_[i] */
const java: Way = (name) => {
  const found = /^((?:[a-z_][\w$]*[./])+)(?:[A-Z$][\w$]*)(?:[./+$]\S*|_\[\w\]|\[\]|$)/.exec(name.replace(/^\[*L/, ''));
  if (!found || found[1].slice(0, -1).includes('.') === found[1].slice(0, -1).includes('/')) {
    // One segment (time.Time.String, main.Order.Total) is a Go method as likely; both ways of writing agree there.
    return found && !/[./]/.test(found[1].slice(0, -1)) ? found[1].slice(0, -1) : undefined;
  }
  return found[1].slice(0, -1).replaceAll('/', '.');
};

/** github.com/acme/orders/checkout.(*Server).Place, runtime.mallocgc, type:.eq.main.Order */
const go: Way = (name) => {
  const plain = name.replace(/^type[:.]\.(eq|hash)\./, '');
  const brackets = plain.indexOf('[');
  const slash = plain.lastIndexOf('/', brackets < 0 ? plain.length : brackets);
  const dot = plain.indexOf('.', slash + 1);
  if (dot <= 0 || dot === plain.length - 1 || /[\s:<>]/.test(plain.slice(0, dot))) {
    return undefined;
  }
  return plain.slice(0, dot).replaceAll('%2e', '.');
};

const WAYS: readonly Way[] = [kernel, assembly, javascript, python, ruby, php, colons, java, go];

function folderOf(file: string): string {
  const parts = file.replaceAll('\\', '/').split('/');
  return parts
    .slice(0, -1)
    .filter((part) => part !== '.' && part !== '')
    .join('/');
}
