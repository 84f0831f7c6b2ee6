import {
  Activity, AppWindow, ArrowDown, ArrowLeft, ArrowRight, ArrowUp, ArrowUpDown, Bell, BookOpen, Building2, Check, ChevronDown,
  ChevronLeft, ChevronRight, ChevronUp, CircleAlert, CircleCheck, CircleHelp, CircleMinus, CircleX, ClipboardCheck,
  Clock, Code, Columns3, Copy, Database, Download, Ellipsis, ExternalLink, Eye, EyeOff, FileSpreadsheet, FileText, Fingerprint,
  Funnel, Gauge, GitCompare, History, House, Info, KeyRound, Languages, Layers, LayoutList, Link, ListChecks, Lock, LogOut, Mail, Menu,
  Moon, Network, PanelLeftClose, PanelLeftOpen, Pause, Pencil, Play, Plug, Plus, Radio, RefreshCw, Rows3, Scale, Search, Settings, Share2,
  ShieldCheck, Sun, Table2, Trash2, TriangleAlert, Undo2, Upload, User, Users, Waypoints, Workflow, X,
} from 'lucide-vue-next'

/** Every sign the pages use, by what it means here. */
export const icons = {
  activity: Activity, application: AppWindow, alert: CircleAlert, 'arrow-down': ArrowDown, 'arrow-left': ArrowLeft, 'arrow-right': ArrowRight,
  'arrow-up': ArrowUp, bell: Bell, book: BookOpen, building: Building2, call: Activity, check: Check, clock: Clock, close: X,
  code: Code, collapse: PanelLeftClose, columns: Columns3, copy: Copy, dataset: Database, decision: ClipboardCheck, density: Rows3,
  diff: GitCompare, device: Radio, down: ChevronDown, download: Download, edit: Pencil, expand: PanelLeftOpen, external: ExternalLink, failed: CircleX,
  file: FileText, filter: Funnel, gateway: Waypoints, good: CircleCheck, grant: KeyRound, help: CircleHelp, hide: EyeOff, history: History,
  home: House, indicator: Gauge, info: Info, interface: Plug, language: Languages, layers: Layers, ledger: LayoutList, left: ChevronLeft,
  link: Link, lock: Lock, mail: Mail, menu: Menu, minus: CircleMinus, moon: Moon, more: Ellipsis, network: Network, people: Users,
  pause: Pause, person: User, play: Play, plus: Plus, process: Workflow, refresh: RefreshCw, request: ListChecks, return: Undo2, right: ChevronRight,
  rule: Scale, search: Search, settings: Settings, share: Share2, shield: ShieldCheck, 'sign-out': LogOut, sort: ArrowUpDown,
  spreadsheet: FileSpreadsheet, sun: Sun, table: Table2, trace: Fingerprint, trash: Trash2, up: ChevronUp, upload: Upload, view: Eye,
  warning: TriangleAlert,
} as const

export type IconName = keyof typeof icons
