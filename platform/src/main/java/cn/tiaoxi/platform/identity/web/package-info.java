/** Sign-in, people, roles and organisations over HTTP. */
@NullMarked
package cn.tiaoxi.platform.identity.web;

import org.jspecify.annotations.NullMarked;
