/**
 * The agent for applications that use JeroMQ before Spring Boot starts.
 */
@NullMarked
package io.github.zmqmonitor.agent;

import org.jspecify.annotations.NullMarked;
