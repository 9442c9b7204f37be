package io.github.zmqmonitor.monitor;

/**
 * The same with JeroMQ's poller as it is, in which handshakes of its own stand still.
 */
class StandingHandshakesIT extends StandingHandshakesTests {

}
