/**
 * Monitoring of JeroMQ contexts and sockets.
 * {@link io.github.zmqmonitor.monitor.ZmqMonitor} is the entry; it knows nothing of
 * Spring Boot or Micrometer.
 */
@NullMarked
package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.NullMarked;
