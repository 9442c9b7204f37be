/**
 * Micrometer meters for monitored sockets. Usable without Spring Boot.
 */
@NullMarked
package io.github.zmqmonitor.metrics;

import org.jspecify.annotations.NullMarked;
