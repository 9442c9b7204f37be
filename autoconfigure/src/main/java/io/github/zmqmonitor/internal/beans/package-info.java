/**
 * Following the sockets of beans by proxies and views, for a JeroMQ whose classes can't
 * be changed.
 */
@NullMarked
package io.github.zmqmonitor.internal.beans;

import org.jspecify.annotations.NullMarked;
