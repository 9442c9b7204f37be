package io.github.zmqmonitor.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.zmqmonitor.monitor.MonitorFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Incidents, and what an operator sees of them in the table, in JSON, in health and in
 * the log of an application that runs. The peers are real processes, some of them on a
 * second machine. Outages take half a minute to be told, so they begin before all else.
 * <p>
 * The table of incidents in {@code docs/runbook.md} says where the others are drilled.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrillsIT {

	private static final List<AutoCloseable> open = new ArrayList<>();

	@TempDir
	private static Path directory;

	private static PeerNetwork network;

	private static DrilledApplication application;

	@BeforeAll
	static void beginOutages() throws Exception {
		network = open(PeerNetwork.start());
		LibzmqPeer frozen = open(LibzmqPeer.start());
		hosts("127.0.0.1 gone.drill", network.there() + " moved.drill");
		String natives = "tcp://127.0.0.1:" + MonitorFixture.freePort();
		application = open(DrilledApplication.start(directory.resolve("hosts"), natives));
		LibzmqPeer crashing = open(LibzmqPeer.start());
		crashing.command("socket", "crashing", "ROUTER");
		crashing.command("forward", "crashing", "crashing", natives, NativeScenario.FORWARDERS.toString());
		await().untilAsserted(
				() -> assertThat(application.socket("crashing").at("/origin").asString("")).isEqualTo("native"));
		crashing.kill();
		String address = frozen.bound("frozen", "ROUTER", "tcp://127.0.0.1:*");
		frozen.freeze();
		application.connect("frozen", address, "patient");
		application.connect("filtered", "tcp://" + network.filtered() + ":5555");
		application.connect("unroutable", "tcp://" + network.unroutable() + ":5555");
		// who has a port without listening keeps others from it
		Socket reserved = open(new Socket());
		reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		application.connect("refused", "tcp://127.0.0.1:" + reserved.getLocalPort());
		LibzmqPeer oracle = open(LibzmqPeer.start());
		application.command("socket", "asker", "REQ");
		application.command("connect", "asker", oracle.bound("oracle", "ROUTER", "tcp://127.0.0.1:*"));
		application.command("send", "asker", "question");
		assertThat(oracle.command("recv", "oracle")).isEqualTo("question");
		oracle.kill();
		application.connect("gone", "tcp://gone.drill:" + reserved.getLocalPort());
		hosts(network.there() + " moved.drill");
	}

	private static <T extends AutoCloseable> T open(T resource) {
		open.add(0, resource);
		return resource;
	}

	private static void hosts(String... lines) throws IOException {
		// in one step: the application looks at it at any time
		Path next = directory.resolve("hosts.next");
		Files.write(next, List.of(lines));
		Files.move(next, directory.resolve("hosts"), StandardCopyOption.REPLACE_EXISTING);
	}

	@AfterAll
	static void end() throws Exception {
		for (AutoCloseable resource : open) {
			resource.close();
		}
		open.clear();
	}

	@Test
	void aPartitionIsNoticedByHeartbeatsOnlyAndAHalfOpenConnectionByTheNextMessage() throws Exception {
		LibzmqPeer server = open(network.peer());
		String address = server.bound("server", "ROUTER", "tcp://" + network.there() + ":5555");
		application.connect("patient", address);
		application.connect("beating", address, "heartbeats");
		Stream.of("patient", "beating").forEach((client) -> exchange(client, server));
		int before = changes("patient").size();
		network.partition();
		await().untilAsserted(() -> {
			assertThat(application.state("beating")).isNotEqualTo("connected");
			assertThat(changes("beating")).last()
				.asString()
				.matches("INFO beating .*: connection lost after .*: timeout, ended by this side, peer "
						+ network.there() + ":5555, local " + network.here() + ":\\d+");
			assertThat(application.failing()).contains("beating").doesNotContain("patient");
		});
		assertThat(application.socket("beating").at("/endedConnections/0/reason").asString()).isEqualTo("timeout");
		assertThat(application.rows("patient")).singleElement().asString().contains(" connected ");
		network.heal();
		await().untilAsserted(() -> assertThat(application.state("beating")).isEqualTo("connected"));
		assertThat(changes("beating")).last().asString().contains(": connected to " + address + " after ");
		assertThat(application.failing()).doesNotContain("beating");
		Stream.of("patient", "beating").forEach((client) -> exchange(client, server));
		assertThat(changes("patient")).hasSize(before);

		network.partition();
		await().untilAsserted(() -> assertThat(application.state("beating")).isNotEqualTo("connected"));
		server.kill();
		network.restart();
		await().untilAsserted(
				() -> assertThat(application.rows("beating")).singleElement().asString().endsWith(" refused"));
		assertThat(application.state("patient")).isEqualTo("connected");
		assertThat(changes("patient")).hasSize(before);
		open(network.peer()).bound("server", "ROUTER", address);
		assertThat(application.command("send", "patient", "hello")).isEqualTo("done");
		await().untilAsserted(() -> {
			assertThat(changes("patient")).hasSizeGreaterThanOrEqualTo(before + 2);
			assertThat(changes("patient").get(before)).contains(": connection lost after ");
			assertThat(application.state("patient")).isEqualTo("connected");
			assertThat(application.state("beating")).isEqualTo("connected");
		});
	}

	@Test
	void aServerThatIsKilledIsRetriedUntilItIsBack() throws Exception {
		LibzmqPeer server = open(LibzmqPeer.start());
		String address = server.bound("server", "ROUTER", "tcp://127.0.0.1:" + MonitorFixture.freePort());
		application.connect("killed", address);
		exchange("killed", server);
		server.kill();
		await().untilAsserted(() -> {
			assertThat(application.state("killed")).isEqualTo("retrying");
			assertThat(application.rows("killed")).singleElement().asString().matches(".* retrying .* refused");
			assertThat(changes("killed")).last()
				.asString()
				.matches("INFO killed .*: connection lost after .*, ended by the peer or the network, peer 127.*");
			assertThat(application.failing()).contains("killed");
		});
		open(LibzmqPeer.start()).bound("server", "ROUTER", address);
		await().untilAsserted(() -> {
			assertThat(application.state("killed")).isEqualTo("connected");
			assertThat(application.rows("killed")).singleElement().asString().contains(" connected ");
			assertThat(changes("killed")).last().asString().contains(": connected to " + address + " after ");
			assertThat(application.failing()).doesNotContain("killed");
		});
	}

	@Test
	void aServerThatFreezesIsNoticedByHeartbeatsOnly() {
		LibzmqPeer server = open(LibzmqPeer.start());
		String address = server.bound("server", "ROUTER", "tcp://127.0.0.1:*");
		application.connect("waiting", address, "patient");
		application.connect("watching", address, "heartbeats");
		Stream.of("waiting", "watching").forEach((client) -> exchange(client, server));
		List<String> before = application.log("waiting");
		server.freeze();
		try {
			await().untilAsserted(() -> {
				assertThat(application.state("watching")).isNotEqualTo("connected");
				assertThat(application.rows("watching")).singleElement()
					.asString()
					.matches(".* (handshaking|retrying) .*");
				assertThat(lines("watching", ": connection lost after "))
					.anyMatch((line) -> line.matches("INFO watching .*timeout, ended by this side, peer 127.*"));
				assertThat(application.failing()).contains("watching").doesNotContain("waiting");
			});
			assertThat(application.rows("waiting")).singleElement().asString().contains(" connected ");
			assertThat(application.log("waiting")).isEqualTo(before);
		}
		finally {
			server.thaw();
		}
		await().untilAsserted(() -> {
			assertThat(application.state("watching")).isEqualTo("connected");
			assertThat(application.failing()).doesNotContain("watching");
		});
		assertThat(application.state("waiting")).isEqualTo("connected");
	}

	@Test
	void aNameThatMovesIsFollowed() throws Exception {
		LibzmqPeer servers = open(network.peer());
		String old = servers.bound("old", "ROUTER", "tcp://" + network.there() + ":5556");
		application.connect("moved", "tcp://moved.drill:5556");
		exchange("moved", servers, "old");
		assertThat(application.endpoint("moved").at("/address").asString()).isEqualTo(old);
		String next = servers.bound("next", "ROUTER", "tcp://" + network.elsewhere() + ":5556");
		hosts(network.elsewhere() + " moved.drill");
		servers.command("close", "old");
		await().untilAsserted(() -> {
			assertThat(application.state("moved")).isEqualTo("connected");
			assertThat(application.endpoint("moved").at("/address").asString()).isEqualTo(next);
			assertThat(changes("moved")).last().asString().contains(": connected to " + next);
		});
		assertThat(application.rows("moved")).singleElement().asString().contains(" tcp://moved.drill:5556 connected ");
		exchange("moved", servers, "next");
	}

	@Test
	void clientsBeforeTheirServersAndARollingRestartMakeNoNoise() throws Exception {
		List<String> addresses = Stream.of(1, 2, 3, 4, 5).map((i) -> "tcp://" + network.there() + ":600" + i).toList();
		application.connect("fleet", addresses.get(0));
		addresses.stream().skip(1).forEach((address) -> application.command("connect", "fleet", address));
		await().untilAsserted(() -> {
			assertThat(application.rows("fleet")).hasSize(5)
				.allSatisfy((row) -> assertThat(row).matches(".* (retrying|connecting) \\d+s 0 [1-9]\\d* .* refused"));
			assertThat(application.failing().stream().filter("fleet"::equals)).hasSize(5);
		});
		List<LibzmqPeer> servers = new ArrayList<>();
		for (String address : addresses) {
			servers.add(serve(address));
		}
		await().untilAsserted(() -> assertThat(connected("fleet")).isEqualTo(5));
		assertThat(application.failing()).doesNotContain("fleet");
		assertThat(application.rows("fleet")).allSatisfy((row) -> assertThat(row).matches(".* connected \\d+s 1 - .*"));
		assertThat(changes("fleet")).hasSizeGreaterThanOrEqualTo(5)
			.allSatisfy((line) -> assertThat(line)
				.matches("INFO .*: connected to .* after \\d+s without a connection, .*"));
		for (int i = 0; i < 5; i++) {
			int before = changes("fleet").size();
			servers.get(i).kill();
			await().untilAsserted(() -> assertThat(connected("fleet")).isEqualTo(4));
			serve(addresses.get(i));
			await().untilAsserted(() -> assertThat(connected("fleet")).isEqualTo(5));
			await().untilAsserted(() -> assertThat(changes("fleet")).hasSizeGreaterThanOrEqualTo(before + 2));
			String address = addresses.get(i);
			assertThat(changes("fleet")).filteredOn((line) -> line.contains(" " + address + ": connection lost after "))
				.isNotEmpty();
		}
		assertThat(application.failing()).doesNotContain("fleet");
		assertThat(application.log("fleet")).noneMatch((line) -> line.startsWith("WARN") || line.contains("still no"));
	}

	private static LibzmqPeer serve(String address) {
		LibzmqPeer server = open(network.peer());
		server.bound("server", "ROUTER", address);
		return server;
	}

	private static int connected(String socket) {
		int connected = 0;
		for (JsonNode endpoint : application.socket(socket).at("/endpoints")) {
			connected += endpoint.at("/state").asString().equals("connected") ? 1 : 0;
		}
		return connected;
	}

	@Test
	void aCrowdACrashLoopAndProbesCostAFewLines() throws Exception {
		application.command("socket", "desk", "ROUTER");
		assertThat(application.command("bind", "desk", "tcp://*:*")).isEqualTo("done");
		String bound = application.endpoint("desk").at("/address").asString();
		String port = bound.substring(bound.lastIndexOf(':') + 1);
		String address = "tcp://" + network.here() + ":" + port;
		LibzmqPeer crowd = open(network.peer());
		for (int i = 0; i < 200; i++) {
			crowd.connected("client-" + i, "DEALER", address);
		}
		await().untilAsserted(() -> {
			JsonNode endpoint = application.endpoint("desk");
			assertThat(endpoint.at("/connections").asInt()).isEqualTo(200);
			assertThat(endpoint.at("/handshaking").asInt()).isZero();
			assertThat(endpoint.at("/peers").size() + endpoint.at("/peersOmitted").asInt()).isEqualTo(200);
		});
		assertThat(application.rows("desk")).singleElement()
			.asString()
			.contains(" tcp://*:* (" + port + ") listening ")
			.matches(".* listening \\d+s 200 2\\d\\d .*");
		assertThat(lines("desk", ": a client has disconnected ")).isEmpty();
		crowd.kill();
		await().untilAsserted(() -> assertThat(application.endpoint("desk").at("/connections").asInt()).isZero());
		for (int i = 0; i < 3; i++) {
			LibzmqPeer crashing = open(network.peer());
			crashing.connected("client", "DEALER", address);
			await()
				.untilAsserted(() -> assertThat(application.endpoint("desk").at("/connections").asInt()).isEqualTo(1));
			crashing.kill();
			await().untilAsserted(() -> assertThat(application.endpoint("desk").at("/connections").asInt()).isZero());
		}
		assertThat(lines("desk", ": a client has disconnected after ")).hasSizeBetween(10, 11);
		assertThat(application.log("desk")).allSatisfy((line) -> assertThat(line).startsWith("INFO "));
		assertThat(application.socket("desk").at("/endedConnections").size()).isEqualTo(64);
		assertThat(hints("desk")).doesNotContain("flapping");
		for (int i = 0; i < 6; i++) {
			new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port)).close();
		}
		await().untilAsserted(() -> {
			assertThat(hints("desk")).contains("probes");
			assertThat(lines("desk", " without a ZeroMQ greeting: a probe")).hasSizeBetween(1, 2);
		});
		assertThat(application.failing()).doesNotContain("desk");
	}

	@Test
	void anIdentityThatIsUsedTwiceIsNamedOnce() throws Exception {
		application.command("socket", "twins", "ROUTER");
		assertThat(application.command("bind", "twins", "tcp://127.0.0.1:*")).isEqualTo("done");
		String address = application.endpoint("twins").at("/address").asString();
		LibzmqPeer clients = open(LibzmqPeer.start());
		for (String name : List.of("one", "other")) {
			clients.command("socket", name, "DEALER");
			clients.command("option", name, "IDENTITY", "twin");
			clients.command("connect", name, address);
			clients.command("send", name, "hello");
			// the socket learns of a peer when it is used
			if (name.equals("one")) {
				assertThat(application.command("receive", "twins")).isEqualTo("twin");
			}
		}
		await().untilAsserted(() -> {
			application.command("look", "twins");
			assertThat(hints("twins")).containsExactly("identity_duplicate");
			assertThat(lines("twins", ": two peers have the same identity, ")).singleElement()
				.asString()
				.startsWith("WARN ");
		});
		assertThat(application.endpoint("twins").at("/peers")).extracting((peer) -> peer.at("/identity").asString())
			.containsExactly("twin", "twin");
		assertThat(application.failing()).doesNotContain("twins");
	}

	@Test
	void aReaderThatStandsStillFillsAQueueAndIsNoFailure() throws Exception {
		LibzmqPeer reader = open(LibzmqPeer.start());
		for (String[] sides : new String[][] { { "ticks", "PUB", "SUB" }, { "work", "PUSH", "PULL" } }) {
			application.command("socket", sides[0], sides[1], "short");
			assertThat(application.command("bind", sides[0], "tcp://127.0.0.1:*")).isEqualTo("done");
			reader.command("socket", sides[2], sides[2]);
			if (sides[2].equals("SUB")) {
				reader.command("everything", sides[2]);
			}
			reader.command("connect", sides[2], application.endpoint(sides[0]).at("/address").asString());
		}
		await().untilAsserted(() -> {
			// a PUB learns of a subscription when it is used
			application.command("send", "ticks", "tick");
			assertThat(application.socket("ticks").at("/subscriptions/total").asInt()).isEqualTo(1);
			assertThat(application.endpoint("work").at("/connections").asInt()).isEqualTo(1);
		});
		reader.freeze();
		assertThat(application.command("flood", "ticks")).isEqualTo("done");
		assertThat(application.command("flood", "work")).isEqualTo("refused");
		for (String socket : List.of("ticks", "work")) {
			await().untilAsserted(() -> {
				assertThat(application.endpoint(socket).at("/peers/0/queues/sent/full").asInt()).isEqualTo(1);
				assertThat(application.rows(socket)).singleElement()
					.asString()
					.contains(" listening ")
					.contains(" 100% ");
			});
			assertThat(application.log(socket)).noneMatch((line) -> line.startsWith("WARN"));
		}
		await().untilAsserted(() -> assertThat(hints("ticks")).contains("messages_dropped"));
		assertThat(hints("work")).doesNotContain("messages_dropped");
		assertThat(application.failing()).doesNotContain("ticks", "work");
	}

	private static List<String> lines(String socket, String part) {
		return application.log(socket).stream().filter((line) -> line.contains(part)).toList();
	}

	private static List<String> hints(String socket) {
		List<String> hints = new ArrayList<>();
		application.socket(socket).at("/hints").forEach((hint) -> hints.add(hint.get("hint").asString()));
		return hints;
	}

	@Test
	void clientsThatAreRefusedSaySoAndSoDoesASecuredServer() {
		LibzmqPeer peer = open(LibzmqPeer.start());
		String guarded = Refusal.WRONG_PASSWORD.libzmqServer(peer);
		application.connect("mistyped", guarded, "password=" + Refusal.OTHER_PASSWORD);
		application.connect("unsecured", guarded);
		LibzmqPeer other = open(LibzmqPeer.start());
		application.connect("mismatched", Refusal.WRONG_KEY.libzmqServer(other),
				"server-key=" + Refusal.OTHER.publicKey);
		for (String socket : List.of("mistyped", "unsecured")) {
			await().untilAsserted(() -> {
				assertThat(application.state(socket)).isEqualTo("abandoned");
				assertThat(application.rows(socket)).singleElement().asString().contains(" abandoned ");
				assertThat(hints(socket)).contains("abandoned");
				assertThat(lines(socket, ": JeroMQ has given this endpoint up")).singleElement()
					.asString()
					.startsWith("WARN ")
					.endsWith("; only disconnect and a new connect bring it back");
			});
		}
		await().untilAsserted(() -> {
			assertThat(application.state("mismatched")).isIn("retrying", "connecting", "handshaking");
			assertThat(hints("mismatched")).contains("flapping").doesNotContain("abandoned");
			assertThat(lines("mismatched", " keys")).anySatisfy((line) -> assertThat(line).startsWith("WARN "));
			assertThat(application.failing()).contains("mistyped", "unsecured", "mismatched");
		});
		application.command("socket", "vault", "PULL", "secured");
		assertThat(application.command("bind", "vault", "tcp://127.0.0.1:*")).isEqualTo("done");
		Refusal.WRONG_KEY.libzmqClient(peer, application.endpoint("vault").at("/address").asString());
		await().untilAsserted(() -> {
			assertThat(application.endpoint("vault").at("/lastError/detail").asString(""))
				.isEqualTo("ZMTP_CRYPTOGRAPHIC");
			assertThat(application.rows("vault")).singleElement()
				.asString()
				.matches(".* listening .* handshake: protocol \\d+s");
			assertThat(lines("vault", ": a client's CURVE keys don't match (")).isNotEmpty()
				.allSatisfy((line) -> assertThat(line).startsWith("WARN "));
		});
		peer.command("close", "client");
		assertThat(application.failing()).doesNotContain("vault");
		assertThat(String.join("\n", application.output())).doesNotContain(Refusal.SECRETS);
	}

	@Test
	void aPortThatIsTakenIsAFailureUntilItIsFree() throws Exception {
		application.command("socket", "rival", "ROUTER");
		String address;
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			address = "tcp://127.0.0.1:" + taken.getLocalPort();
			assertThat(application.command("bind", "rival", address)).isEqualTo("refused");
			assertThat(application.state("rival")).isEqualTo("failed");
			assertThat(application.rows("rival")).singleElement()
				.asString()
				.matches(".* failed .* bind: EADDRINUSE \\d+s");
			assertThat(application.failing()).contains("rival");
			await().untilAsserted(() -> assertThat(application.log("rival")).singleElement()
				.asString()
				.startsWith("WARN rival ")
				.contains(" " + address + ": could not bind (EADDRINUSE)"));
		}
		assertThat(application.command("bind", "rival", address)).isEqualTo("done");
		assertThat(application.rows("rival")).singleElement()
			.asString()
			.contains(" listening ")
			.doesNotContain("EADDR");
		assertThat(application.failing()).doesNotContain("rival");
		await().untilAsserted(() -> assertThat(application.log("rival")).last()
			.asString()
			.startsWith("INFO rival ")
			.endsWith(" " + address + ": listening at " + address));
	}

	@Test
	void aPauseAbandonsNobody() throws Exception {
		LibzmqPeer server = open(network.peer());
		String address = server.bound("server", "ROUTER", "tcp://" + network.there() + ":5557");
		application.connect("calm", address);
		exchange("calm", server);
		String since = application.endpoint("calm").at("/since").asString();
		List<String> before = changes("calm");
		List<String> givenUp = givenUp();
		application.pause();
		try {
			// longer than an endpoint may be silent that retries
			Thread.sleep(Duration.ofSeconds(4).toMillis());
		}
		finally {
			application.resume();
		}
		await().during(Duration.ofSeconds(2)).untilAsserted(() -> {
			assertThat(application.state("refused")).isIn("retrying", "connecting");
			assertThat(application.state("calm")).isEqualTo("connected");
		});
		assertThat(application.endpoint("calm").at("/since").asString()).isEqualTo(since);
		assertThat(changes("calm")).isEqualTo(before);
		assertThat(givenUp()).isEqualTo(givenUp);
	}

	private static List<String> givenUp() {
		return application.log().stream().filter((line) -> line.contains("has given this endpoint up")).toList();
	}

	@Test
	@Order(Integer.MAX_VALUE - 1)
	void aRequestWhoseReplyIsLostIsTold() {
		await().untilAsserted(() -> {
			assertThat(hints("asker")).contains("req_out_of_step");
			assertThat(lines("asker", ": no reply has come for more than 10 s")).singleElement()
				.asString()
				.startsWith("WARN ");
		});
	}

	@Test
	@Order(Integer.MAX_VALUE - 1)
	void aNativeProcessThatCrashesIsTold() {
		await().untilAsserted(() -> assertThat(application.output())
			.anyMatch((line) -> line.contains("WARN Native socket 'crashing' (ROUTER) has been silent for ")));
		assertThat(application.socket("crashing").isMissingNode()).isTrue();
	}

	@Test
	@Order(Integer.MAX_VALUE - 1)
	void outagesSayWhatTheirAttemptsLookLike() {
		assertOutage("refused", "each attempt is refused at once: nothing listens there", "retrying .* refused");
		assertOutage("gone", "the name of the host does not resolve", "retrying .* unresolved");
		assertOutage("unroutable", "no way leads there", "retrying .* no route");
		assertOutage("filtered", "packets are dropped on the way, or the machine is down",
				"(connecting .*|retrying .* no answer)");
		assertOutage("frozen", "a frozen server, or another service at that port|TCP comes up, but", "handshaking .*");
		await().untilAsserted(() -> assertThat(application.log("frozen")).anyMatch(
				(line) -> line.startsWith("WARN ") && line.contains(" handshake stands still for more than 10 s")));
		assertThat(application.failing()).contains("refused", "gone", "unroutable", "filtered", "frozen");
	}

	private static void assertOutage(String socket, String cause, String row) {
		await().untilAsserted(() -> {
			assertThat(lines(socket, ": still no connection after ")).anySatisfy((line) -> assertThat(line)
				.matches("INFO [^:]*.*: still no connection after [^:]+: .*(" + cause + ").*"));
			assertThat(hints(socket)).contains("no_connection");
			assertThat(application.rows(socket)).singleElement().asString().matches(".* " + row);
		});
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void aGracefulStopIsSilent() throws Exception {
		List<String> before = application.log();
		application.stop();
		assertThat(application.log()).isEqualTo(before);
	}

	private static void exchange(String client, LibzmqPeer peer) {
		exchange(client, peer, "server");
	}

	private static void exchange(String client, LibzmqPeer peer, String server) {
		assertThat(application.command("send", client, "hello")).isEqualTo("done");
		assertThat(peer.command("echo", server)).isEqualTo("ok");
		assertThat(application.command("receive", client)).isEqualTo("hello");
		await().untilAsserted(() -> assertThat(application.state(client)).isEqualTo("connected"));
	}

	/**
	 * The lines about connections made and lost.
	 */
	private static List<String> changes(String socket) {
		return application.log(socket)
			.stream()
			.filter((line) -> line.contains(": connected to ") || line.contains(": connection lost "))
			.toList();
	}

}
