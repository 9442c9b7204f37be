package io.github.zmqmonitor.actuate.endpoint;

import java.security.Principal;
import java.util.Set;

import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is shown the addresses of peers, and what the table looks like.
 */
class ZmqEndpointTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void peersAreShownToWhomTheSettingAllows() {
		connectedPair();
		assertThat(showsPeers(Show.ALWAYS, Set.of(), SecurityContext.NONE)).isTrue();
		assertThat(showsPeers(Show.NEVER, Set.of(), user("admin"))).isFalse();
		assertThat(showsPeers(Show.WHEN_AUTHORIZED, Set.of(), SecurityContext.NONE)).isFalse();
		assertThat(showsPeers(Show.WHEN_AUTHORIZED, Set.of(), user("anybody"))).isTrue();
		assertThat(showsPeers(Show.WHEN_AUTHORIZED, Set.of("admin"), user("anybody"))).isFalse();
		assertThat(showsPeers(Show.WHEN_AUTHORIZED, Set.of("admin"), user("admin"))).isTrue();
	}

	@Test
	void fiveHundredSocketsMakeATableThatFitsATerminal() {
		for (int i = 0; i < 500; i++) {
			this.fixture.socket(SocketType.PUB, "a-name-that-is-rather-long-" + i)
				.connect("inproc://an-endpoint-whose-name-is-too-long-for-its-column-" + i);
		}
		String table = TextView.of(endpoint(Show.ALWAYS, Set.of()).sockets(null, null, null, null));
		assertThat(table.lines()).hasSize(503);
		assertThat(table.lines()).allSatisfy((line) -> assertThat(line.length()).isLessThanOrEqualTo(120));
	}

	@Test
	void nothingSecretIsShown() {
		ZMQ.Socket socket = this.fixture.socket(SocketType.DEALER, "client");
		socket.setPlainUsername("the-user");
		socket.setPlainPassword("the-password");
		socket.setIdentity("the-identity".getBytes(ZMQ.CHARSET));
		socket.connect("tcp://127.0.0.1:" + MonitorFixture.freePort());
		socket.send("the-message");
		assertThat(endpoint(Show.ALWAYS, Set.of()).socket("client").toString()).doesNotContain("the-user",
				"the-password", "the-identity", "the-message");
	}

	private boolean showsPeers(Show show, Set<String> roles, SecurityContext securityContext) {
		ZmqDescriptor descriptor = endpoint(show, roles).sockets(ZmqFilter.NONE, securityContext);
		return descriptor.sockets().get(0).endpoints().get(0).peers() != null;
	}

	private ZmqEndpoint endpoint(Show show, Set<String> roles) {
		return new ZmqEndpoint(this.fixture.monitor(), show, roles);
	}

	private void connectedPair() {
		ZMQ.Socket server = this.fixture.bound(SocketType.ROUTER, "server");
		this.fixture.socket(SocketType.DEALER, "client").connect(server.getLastEndpoint());
		this.fixture.awaitConnections("server", 1);
	}

	private static SecurityContext user(String role) {
		return new SecurityContext() {

			@Override
			public Principal getPrincipal() {
				return () -> "somebody";
			}

			@Override
			public boolean isUserInRole(String asked) {
				return asked.equals(role) || asked.equals("ROLE_" + role);
			}

		};
	}

}
