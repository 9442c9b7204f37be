package io.github.zmqmonitor.internal.libzmq;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Event;
import io.github.zmqmonitor.internal.libzmq.ForwardedMessage.Source;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written is read again; what is anything is taken without harm.
 */
class MessageDecoderPropertiesTests {

	@Property
	void version1ComesBack(@ForAll("orders") ByteOrder order, @ForAll("types") ZmqEventType type,
			@ForAll @IntRange int value, @ForAll("addresses") String address) {
		assertThat(new MessageDecoder(order)
			.decode(ForwardedMessages.version1(order, "source", "DEALER", type.code(), value, address)))
			.isEqualTo(new Event(new Source("source", "DEALER"), type, value, address, null));
	}

	@Property
	void version2ComesBack(@ForAll("orders") ByteOrder order, @ForAll("types") ZmqEventType type,
			@ForAll @IntRange int value, @ForAll("addresses") String local, @ForAll("addresses") String remote) {
		assertThat(new MessageDecoder(order).decode(ForwardedMessages.version2(order, "source", "DEALER", type.code(),
				new long[] { value }, local, remote)))
			.isEqualTo(new Event(new Source("source", "DEALER"), type, value, local, remote));
	}

	@Property(tries = 5000)
	void anythingIsDecodedWithoutAnException(@ForAll("messages") List<byte[]> frames) {
		assertThat(new MessageDecoder(ByteOrder.LITTLE_ENDIAN).decode(frames)).isNotNull();
	}

	@Property(tries = 500)
	void anythingIsTakenAndNothingIsLostSilently(@ForAll("conversations") List<List<byte[]>> messages) {
		try (ZmqMonitor monitor = new ZmqMonitor()) {
			ZmqNativeStatistics statistics = new ZmqNativeStatistics();
			NativeSources sources = new NativeSources(monitor.registry(), SourcesFixture.settings(3), statistics);
			long heartbeats = 0;
			for (List<byte[]> frames : messages) {
				sources.take(frames, 0);
				heartbeats += (frames.size() == 2 || frames.size() == 3) ? 1 : 0;
			}
			long rejected = Arrays.stream(ZmqNativeRejection.values()).mapToLong(statistics::rejected).sum();
			long events = Arrays.stream(ZmqEventType.values()).mapToLong(monitor.statistics()::events).sum();
			assertThat(events + rejected).isBetween(messages.size() - heartbeats, (long) messages.size());
			assertThat(statistics.rejected(ZmqNativeRejection.FAILURE)).isZero();
			assertThat(monitor.statistics().eventErrors()).isZero();
			assertThat(sources.size()).isLessThanOrEqualTo(3);
			sources.loseAll();
			assertThat(monitor.snapshot().sockets()).isEmpty();
		}
	}

	@Provide
	Arbitrary<ByteOrder> orders() {
		return Arbitraries.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
	}

	@Provide
	Arbitrary<ZmqEventType> types() {
		return Arbitraries.of(ZmqEventType.class)
			.filter((type) -> type.isFired() && type != ZmqEventType.HANDSHAKE_PROTOCOL);
	}

	@Provide
	Arbitrary<String> addresses() {
		return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(200);
	}

	@Provide
	Arbitrary<List<byte[]>> messages() {
		Arbitrary<byte[]> frame = Arbitraries.oneOf(Arbitraries.bytes().array(byte[].class).ofMaxSize(20),
				Arbitraries.of("source", "REP", "dealer", "4711 3", "tcp://127.0.0.1:5555")
					.map(ForwardedMessages::bytes),
				Arbitraries.longs().map((number) -> ByteBuffer.allocate(8).putLong(number).array()));
		return frame.list().ofMaxSize(20);
	}

	@Provide
	Arbitrary<List<List<byte[]>>> conversations() {
		Arbitrary<List<byte[]>> events = Combinators
			.combine(Arbitraries.of("one", "two", "three", "four"), Arbitraries.integers().between(-1, 20),
					Arbitraries.integers().between(-3, 9),
					Arbitraries.of("tcp://127.0.0.1:5555", "tcp://0.0.0.0:5555", "tcp://localhost:5555", "ipc://x", ""))
			.as((source, bit, value, address) -> ForwardedMessages.version1(ByteOrder.nativeOrder(), source, "DEALER",
					(bit < 0) ? 0 : 1 << bit, value, address));
		Arbitrary<List<byte[]>> heartbeats = Combinators
			.combine(Arbitraries.of("one", "two", "three", "four"), Arbitraries.of("a", "b"),
					Arbitraries.integers().between(0, 50))
			.as((source, instance, sent) -> ForwardedMessages.heartbeat(source, "DEALER", instance + " " + sent));
		return Arbitraries
			.frequencyOf(Tuple.of(8, events), Tuple.of(1, heartbeats), Tuple.of(2, messages().map(ArrayList::new)))
			.list()
			.ofMaxSize(80);
	}

}
