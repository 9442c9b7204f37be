package io.github.zmqmonitor.actuate.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parameters of the endpoint, of texts that a fuzzer looks for. Without a fuzzer, a few
 * of each kind and what was found earlier.
 */
public class ParametersFuzzTests {

	private static final ZContext context = new ZContext();

	private static final ZmqMonitor monitor = monitor();

	private static ZmqMonitor monitor() {
		ZmqMonitor monitor = new ZmqMonitor();
		monitor.monitor("context", context).createSocket(SocketType.REP);
		return monitor;
	}

	@AfterAll
	static void close() {
		context.close();
		monitor.close();
	}

	public static void fuzzerTestOneInput(byte[] input) {
		String[] values = new String(input, StandardCharsets.UTF_8).split("&", 6);
		ZmqEndpointWebExtension extension = new ZmqEndpointWebExtension(
				new ZmqEndpoint(monitor, Show.ALWAYS, Set.of()));
		for (ZmqFormat format : ZmqFormat.values()) {
			check(extension.sockets(SecurityContext.NONE, format, list(values, 0), list(values, 1), list(values, 2),
					list(values, 3), (values.length > 4) ? values[4] : null), format);
			check(extension.socket(SecurityContext.NONE, format, values), format);
		}
	}

	@ParameterizedTest
	@MethodSource("inputs")
	void anythingIsAnsweredOrRefused(byte[] input) {
		fuzzerTestOneInput(input);
	}

	private static void check(WebEndpointResponse<Object> response, ZmqFormat format) {
		assertThat(response.getStatus()).isIn(200, 400, 404);
		if (format == ZmqFormat.TEXT) {
			assertThat(response.getBody())
				.isInstanceOfSatisfying(String.class,
						(text) -> assertThat(
								text.lines().flatMapToInt(String::codePoints).noneMatch(Character::isISOControl))
							.isTrue());
		}
		else {
			assertThat(response.getBody()).isNotNull();
		}
	}

	private static @Nullable List<String> list(String[] values, int index) {
		return (values.length > index && !values[index].equals("-")) ? Arrays.asList(values[index].split(";")) : null;
	}

	static Stream<byte[]> inputs() {
		return Stream
			.of("", "-&-&-&-", "listening,connected&rep&context.rep&bind&peers",
					"RETRYING;abandoned&Dealer&a,b;c&connect", "&,;, &;&&endpoints", "nonsense", "-&nonsense",
					"-&-&-&nonsense", "-&-&-&-&nonsense", "-&-&\u001b[31m\u202e&-", "context.rep", "context&rep", "1")
			.map((text) -> text.getBytes(StandardCharsets.UTF_8));
	}

}
