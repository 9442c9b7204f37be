package io.github.zmqmonitor.conformance;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;

import io.github.zmqmonitor.internal.libzmq.ZmqNativeReceiver;
import io.github.zmqmonitor.internal.libzmq.ZmqNativeSettings;
import io.github.zmqmonitor.monitor.MonitorFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A receiver for native sockets, at a port that stays the same when it is started again,
 * and the forwarders that are told to send to it.
 */
final class NativeScenario implements BeforeEachCallback, AfterEachCallback {

	static final Path FORWARDERS = Path.of(System.getProperty("zmqmonitor.root", ".."), "sample-app", "native")
		.toAbsolutePath();

	private final String endpoint = "tcp://127.0.0.1:" + MonitorFixture.freePort();

	private final ZmqNativeReceiver receiver;

	NativeScenario(Scenario scenario, Duration sourceTimeout) {
		this(scenario, sourceTimeout, null);
	}

	NativeScenario(Scenario scenario, Duration sourceTimeout, @Nullable String password) {
		this.receiver = new ZmqNativeReceiver(scenario.monitor().registry(),
				new ZmqNativeSettings(this.endpoint, false, ByteOrder.nativeOrder(), sourceTimeout, 100, password));
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		start();
	}

	void start() {
		this.receiver.start();
		await().untilAsserted(() -> assertThat(this.receiver.address()).isNotNull());
	}

	void stop() {
		this.receiver.close();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		stop();
	}

	String endpoint() {
		return this.endpoint;
	}

	ZmqNativeReceiver receiver() {
		return this.receiver;
	}

	/**
	 * Make a socket of a peer whose events are handed on under its own name.
	 */
	void socket(LibzmqPeer peer, String name, String type) {
		peer.command("socket", name, type);
		peer.command("forward", name, name, this.endpoint, FORWARDERS.toString());
	}

	/**
	 * Make a socket of a peer whose events are handed on, and bind it.
	 * @return its address
	 */
	String bound(LibzmqPeer peer, String name, String type, String address) {
		socket(peer, name, type);
		return peer.command("bind", name, address);
	}

	void connected(LibzmqPeer peer, String name, String type, String address) {
		socket(peer, name, type);
		peer.command("connect", name, address);
	}

}
