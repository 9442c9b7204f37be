/**
 * The pure state of sockets: events and calls go in, states and numbers come out. Runs on
 * I/O threads under one lock per socket: nothing here blocks, looks anything up or knows
 * JeroMQ, Spring or Micrometer.
 */
@NullMarked
package io.github.zmqmonitor.internal.state;

import org.jspecify.annotations.NullMarked;
