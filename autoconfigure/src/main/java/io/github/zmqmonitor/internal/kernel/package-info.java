/**
 * What the Linux kernel knows of TCP connections: asked for by addresses and ports, when
 * somebody reads. Knows nothing of ZeroMQ.
 */
@NullMarked
package io.github.zmqmonitor.internal.kernel;

import org.jspecify.annotations.NullMarked;
