package cn.tiaoxi.platform.sharing.web;

/** Something with a name, in an answer. */
record Named(String id, String name) {}
