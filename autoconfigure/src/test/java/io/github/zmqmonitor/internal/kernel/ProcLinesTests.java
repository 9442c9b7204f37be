package io.github.zmqmonitor.internal.kernel;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

import io.github.zmqmonitor.internal.kernel.KernelConnection.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProcLinesTests {

	private static final String TITLE = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt"
			+ "   uid  timeout inode";

	private static final String SHORT = "   7: 0100007F:9F87 0200007F:C350 01 0000012C:00000040 04:00000064 00000002"
			+ "  1000        3 15138617 2 00000000d5a95461 20 4 30 10 -1";

	private static final TcpTuple TUPLE = tuple("127.0.0.1", 0x9f87, "127.0.0.2", 50000);

	@Test
	void aLineOfTheShortTableIsRead() {
		assertThat(read(TUPLE, TITLE, SHORT)).containsOnly(Map.entry(TUPLE,
				new KernelConnection(15138617, false, Timer.WINDOW_PROBE, 1000, 200, 2, 3, 300, 64, null)));
	}

	@Test
	void anAddressIsFoundInTheLongTableWhereItIsMapped() {
		String line = SHORT.replace("0100007F:", "0000000000000000FFFF00000100007F:")
			.replace("0200007F:", "0000000000000000FFFF00000200007F:");
		assertThat(read(TUPLE, line)).containsOnlyKeys(TUPLE);
	}

	@Test
	void aLongAddressIsFound() {
		TcpTuple tuple = tuple("2001:db8:0:1::a", 5555, "fe80::1:2:3:4", 6666);
		String line = "  12: B80D0120010000000000000A0000000A:15B3".replace("010000000000000A0000000A",
				"01000000000000000A000000")
				+ " 000080FE000000000200010004000300:1A0A 08 00000000:00000000 00:00000000 00000000     0        0 42 1"
				+ " 0000000000000000 20 4 30 10 -1";
		assertThat(read(tuple, line))
			.containsOnly(Map.entry(tuple, new KernelConnection(42, true, Timer.NONE, 0, 200, 0, 0, 0, 0, null)));
	}

	@Test
	void wordsAreWrittenInTheOrderOfTheMachine() {
		ProcLines lines = new ProcLines(List.of(TUPLE), ByteOrder.BIG_ENDIAN);
		lines.take(SHORT.replace("0100007F", "7F000001").replace("0200007F", "7F000002"));
		assertThat(lines.found()).containsOnlyKeys(TUPLE);
	}

	@Test
	void theOtherEndAndOtherPortsAreOtherConnections() {
		assertThat(read(tuple("127.0.0.2", 50000, "127.0.0.1", 0x9f87), SHORT)).isEmpty();
		assertThat(read(tuple("127.0.0.1", 0x9f87, "127.0.0.2", 50001), SHORT)).isEmpty();
		assertThat(read(tuple("127.0.0.1", 0x9f86, "127.0.0.2", 50000), SHORT)).isEmpty();
	}

	@Test
	void whatIsNoLongerEstablishedOrHasNoSocketIsLeftOut() {
		assertThat(read(TUPLE, SHORT.replace(" 01 ", " 06 "))).isEmpty();
		assertThat(read(TUPLE, SHORT.replace("15138617", "0"))).isEmpty();
	}

	@Test
	void ofAPortThatIsUsedAgainTheLiveConnectionIsTaken() {
		assertThat(read(TUPLE, SHORT.replace(" 01 ", " 06 ").replace("15138617", "0"), SHORT)).hasSize(1);
	}

	@Test
	void nothingIsLeftToLookForOnceAllAreFound() {
		ProcLines lines = new ProcLines(List.of(TUPLE, tuple("127.0.0.1", 1, "127.0.0.1", 2)));
		lines.take(SHORT);
		lines.take(SHORT);
		assertThat(lines.areComplete()).isFalse();
		lines.take(SHORT.replace("9F87", "0001").replace("0200007F:C350", "0100007F:0002"));
		assertThat(lines.areComplete()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":", ": ", ": :", "  7: 0100007F:9F87", "   7: 0100007F:9F87 0200007F:C350",
			"   7: 0100007F:9F87 0200007F:C350 01", "   7: 0100007F:9F87 0200007F:C350 01 xyz:00000000 04:00000064",
			"   7: 0100007F:9F87 0200007F:C350 01 0000012C:00000040 04:00000064 00000002 1000 3 many 2 0 20",
			"   7: 0100007F:9F87 0200007F:C350 01 0000012C:00000040 04:00000064 00000002 1000 3 15 2 0" })
	void aMalformedLineIsLeftOut(String line) {
		assertThat(read(TUPLE, line)).isEmpty();
	}

	private static Map<TcpTuple, KernelConnection> read(TcpTuple tuple, String... lines) {
		ProcLines table = new ProcLines(List.of(tuple), ByteOrder.LITTLE_ENDIAN);
		List.of(lines).forEach(table::take);
		return table.found();
	}

	private static TcpTuple tuple(String local, int localPort, String remote, int remotePort) {
		return TcpTuple.of(new InetSocketAddress(local, localPort), new InetSocketAddress(remote, remotePort));
	}

}
