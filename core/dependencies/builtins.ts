/** Modules that Node brings along; `node:` before them is always one. */
export const NODE_BUILTINS: ReadonlySet<string> = new Set(
  (
    'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain ' +
    'events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl ' +
    'stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib'
  ).split(' '),
)

/** Modules that some Python 3 brings along. */
export const PYTHON_BUILTINS: ReadonlySet<string> = new Set(
  (
    '__future__ abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop ' +
    'base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop ' +
    'collections colorsys compileall compression concurrent configparser contextlib contextvars copy copyreg crypt ' +
    'csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip ' +
    'enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt ' +
    'getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib ' +
    'inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math ' +
    'mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers ' +
    'opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib ' +
    'posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random ' +
    're readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site ' +
    'smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics ' +
    'string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile ' +
    'termios textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty ' +
    'turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser ' +
    'winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo'
  ).split(' '),
)

/** Distributions that are imported under another name: import name, then distribution. */
const PYTHON_PAIRS =
  'yaml pyyaml PIL pillow cv2 opencv-python sklearn scikit-learn bs4 beautifulsoup4 dateutil python-dateutil dotenv python-dotenv ' +
  'jwt pyjwt git gitpython Crypto pycryptodome OpenSSL pyopenssl serial pyserial usb pyusb magic python-magic docx python-docx ' +
  'pptx python-pptx attr attrs google protobuf grpc grpcio psycopg2 psycopg2-binary MySQLdb mysqlclient ldap python-ldap ' +
  'jose python-jose multipart python-multipart slugify python-slugify telegram python-telegram-bot zmq pyzmq fitz pymupdf ' +
  'skimage scikit-image win32api pywin32 wx wxpython gi pygobject lxml lxml markdown markdown rest_framework djangorestframework ' +
  'corsheaders django-cors-headers environ django-environ pkg_resources setuptools websocket websocket-client nacl pynacl ' +
  'Levenshtein levenshtein flask_cors flask-cors flask_sqlalchemy flask-sqlalchemy faiss faiss-cpu umap umap-learn ' +
  'tabula tabula-py kafka kafka-python consul python-consul memcache python-memcached socks pysocks ruamel ruamel-yaml ' +
  'snappy python-snappy hcl2 python-hcl2 gitlab python-gitlab github pygithub jenkins python-jenkins barcode python-barcode'

export const PYTHON_NAMES: ReadonlyMap<string, string> = pairs(PYTHON_PAIRS.split(' '))

function pairs(words: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (let at = 0; at + 1 < words.length; at += 2) found.set(words[at] as string, words[at + 1] as string)
  return found
}
