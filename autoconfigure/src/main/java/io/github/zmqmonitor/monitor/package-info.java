/**
 * The entry for users: {@link io.github.zmqmonitor.monitor.ZmqMonitor} follows sockets
 * and shows what is known of them. It knows nothing of Spring Boot or Micrometer.
 */
@NullMarked
package io.github.zmqmonitor.monitor;

import org.jspecify.annotations.NullMarked;
