/**
 * Sockets of libzmq in other processes, followed by what their monitors tell. Usable
 * without Spring Boot.
 */
@NullMarked
package io.github.zmqmonitor.libzmq;

import org.jspecify.annotations.NullMarked;
