/**
 * What happens at the base of every JeroMQ socket, reported by changed copies of JeroMQ's
 * own classes. {@link io.github.zmqmonitor.internal.instrument.JeromqInstrumentation} is
 * the entry. No part of the API.
 */
@NullMarked
package io.github.zmqmonitor.internal.instrument;

import org.jspecify.annotations.NullMarked;
