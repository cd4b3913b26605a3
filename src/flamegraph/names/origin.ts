/** Where a function's code comes from. */
export type Origin = 'kernel' | 'runtime' | 'library' | 'own';

export const ORIGINS: readonly Origin[] = ['own', 'library', 'runtime', 'kernel'];

const KERNEL =
  /\[(k|kernel|kernel\.kallsyms|vmlinux)\]|_\[k\]|^(entry_SYSCALL|do_syscall|__x64_sys|__arm64_sys|__do_sys|ksys_|el0t?_|asm_|ret_from_fork|vfs_|tcp_|__schedule\b|schedule\b|finish_task_switch|do_softirq|__do_softirq|net_rx_action|swapper\b)/;

/** The language's own runtime and standard library. */
const RUNTIME = new RegExp(
  [
    // Go: standard packages have no dot in their first segment.
    '^(runtime|internal|syscall|sync|reflect|bytes|strings|strconv|sort|slices|maps|math|fmt|io|os|net|bufio|context|time|errors|encoding|compress|crypto|hash|regexp|unicode|log|text|html|mime|path|database|go|testing|iter|unique|weak)(/[\\w/]+)?\\.[\\w(]',
    // Java and the JVM
    '^(java|javax|jdk|sun|com[./]sun|kotlin|scala)[./]',
    '\\blibjvm\\.so|^(JavaThread|JavaCalls|G1|ZGC|Parallel|CompileBroker|C2Compiler|Interpreter|StubRoutines|SafepointSynchronize|VMThread)',
    // .NET
    '^(System|Microsoft)\\.(?!\\w*Client)',
    // Rust
    '^<?(core|std|alloc)::|^(rust_|__rust)',
    // C and C++
    '^(std|__gnu_cxx|__cxxabiv1)::|\\b(libc|libpthread|libstdc\\+\\+|libgcc_s|libm|ld-linux[\\w-]*|libc\\+\\+)[-\\w.]*\\.so|^(__libc_start|__clone|clone3?\\b|start_thread|_start\\b|malloc\\b|free\\b|calloc\\b|realloc\\b|memcpy|memset|memmove|_int_malloc|_int_free)',
    // Python
    '^(_?Py[A-Z_]|_PyEval|pymain_|<frozen |<built-in)|lib/python[\\d.]+/(?!site-packages|dist-packages)',
    // JavaScript
    '^node:|\\bnode:internal|^v8::|^\\((garbage collector|program|idle|root)\\)',
    // Ruby and PHP
    '^(rb_|vm_exec|vm_call|ruby_|zend_|php_)',
  ].join('|')
);

const LIBRARY =
  /node_modules\/|(^|\/)vendor\/|(site|dist)-packages\/|\/gems\/|\.cargo\/registry|^[\w-]+(\.[\w-]+)+\/|^(org|io|com|net|ch|akka|reactor|okhttp3|retrofit2)[./]\w+[./]|^(tokio|hyper|serde|serde_json|rayon|tracing|futures\w*|mio|axum|actix\w*|tower\w*|h2|bytes|boost|google|grpc|absl|folly|rocksdb|leveldb|protobuf)::|\.so(\.\d+)*\b|\.dll\b|\.dylib\b/;

/**
 * Guesses from a function's name where its code comes from; profiles do not say. What no rule knows is the program's
 * own, so a module of one's own that is imported by its full path counts as a library.
 */
export function originOf(name: string): Origin {
  if (KERNEL.test(name)) {
    return 'kernel';
  }
  if (RUNTIME.test(name)) {
    return 'runtime';
  }
  return LIBRARY.test(name) ? 'library' : 'own';
}
