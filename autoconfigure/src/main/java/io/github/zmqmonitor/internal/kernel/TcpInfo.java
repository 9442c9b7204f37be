package io.github.zmqmonitor.internal.kernel;

/**
 * What only netlink tells.
 *
 * @param acknowledged bytes that the peer's kernel has acknowledged, as the kernel counts
 * them
 * @param received bytes that have arrived in order, as the kernel counts them
 * @param roundTripMicros the smoothed round trip time, in microseconds
 * @param variationMicros its mean deviation, in microseconds
 * @param retransmitted segments sent again since the connection was opened
 * @param unsent bytes handed over and never sent
 * @param backoff how often the timer was doubled since something was acknowledged
 * @param sentMillis how long ago data was last sent, in milliseconds
 * @param answeredMillis how long ago the peer's kernel last acknowledged anything, old or
 * new, in milliseconds
 * @param window how many bytes the peer lets this side send, -1 if not known
 */
public record TcpInfo(long acknowledged, long received, long roundTripMicros, long variationMicros, long retransmitted,
		long unsent, int backoff, long sentMillis, long answeredMillis, long window) {

}
