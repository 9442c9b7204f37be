/**
 * What users see: snapshots, events, hints and settings. Values without behaviour, which
 * know nothing of JeroMQ, Spring Boot or Micrometer.
 */
@NullMarked
package io.github.zmqmonitor.model;

import org.jspecify.annotations.NullMarked;
