package io.github.zmqmonitor.internal.kernel;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;

import io.github.zmqmonitor.internal.kernel.KernelConnection.Timer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class DiagMessagesTests {

	private static final int INFO = 232;

	private static final int LENGTH = 16 + 72 + 8 + 4 + INFO;

	private static final TcpTuple TUPLE = TcpTuple.of(new InetSocketAddress("10.1.2.3", 5555),
			new InetSocketAddress("10.4.5.6", 50000));

	@Test
	void aRequestNamesTheConnection() {
		ByteBuffer buffer = ByteBuffer.allocate(100);
		DiagMessages.write(buffer, TUPLE, 77);
		buffer.flip();
		assertThat(buffer.remaining()).isEqualTo(72);
		assertThat(buffer.getInt(0)).isEqualTo(72);
		assertThat(buffer.getInt(8)).isEqualTo(77);
		byte[] rest = new byte[56];
		buffer.get(16, rest);
		assertThat(HexFormat.of().formatHex(rest)).isEqualTo("02060200ffffffff" + "15b3c350"
				+ "0a010203000000000000000000000000" + "0a040506000000000000000000000000" + "00000000ffffffffffffffff");
	}

	@Test
	void aRequestForALongAddressNamesItsInterface() {
		ByteBuffer buffer = ByteBuffer.allocate(100);
		DiagMessages.write(buffer,
				TcpTuple.of(new InetSocketAddress("fe80::1%9", 1), new InetSocketAddress("fe80::2", 2)), 1);
		byte[] rest = new byte[44];
		buffer.get(16, rest);
		assertThat(HexFormat.of().formatHex(rest)).isEqualTo("0a060200ffffffff" + "00010002"
				+ "fe800000000000000000000000000001" + "fe800000000000000000000000000002");
		assertThat(buffer.getInt(60)).isEqualTo(9);
	}

	@Test
	void anAnswerIsRead() {
		KernelConnection connection = DiagMessages.read(answer(), TUPLE);
		assertThat(connection)
			.isEqualTo(new KernelConnection(0xfedcba98L, false, Timer.RETRANSMIT, 900, 204, 3, 2, 3_000_000_000L, 44,
					new TcpInfo(5_000_000_000L, 6_000_000_000L, 1500, 700, 9, 11, 4, 1234, 5678, 65535)));
		assertThat(connection.bytesSent(true)).isEqualTo(5_000_000_000L);
		assertThat(connection.bytesSent(false)).isEqualTo(4_999_999_999L);
		assertThat(connection.bytesReceived()).isEqualTo(6_000_000_000L);
	}

	@Test
	void theEndOfTheOtherSideIsNoByte() {
		KernelConnection connection = DiagMessages.read(answer().put(17, (byte) 8), TUPLE);
		assertThat(connection.bytesReceived()).isEqualTo(5_999_999_999L);
	}

	@Test
	void anOlderKernelTellsLess() {
		KernelConnection connection = DiagMessages.read(answer().putShort(96, (short) (4 + 148)), TUPLE);
		assertThat(connection.info().window()).isEqualTo(-1);
		assertThat(connection.info().unsent()).isEqualTo(11);
		assertThat(DiagMessages.read(answer().putShort(96, (short) (4 + 104)), TUPLE).info()).isNull();
	}

	@Test
	void aListenerOrAnotherPortOrWhatHasEndedIsNoConnection() {
		assertThat(DiagMessages.read(answer().put(17, (byte) 10), TUPLE)).isNull();
		assertThat(DiagMessages.read(answer().put(17, (byte) 6), TUPLE)).isNull();
		assertThat(DiagMessages.read(answer().put(21, (byte) 1), TUPLE)).isNull();
		assertThat(DiagMessages.read(answer().put(23, (byte) 1), TUPLE)).isNull();
		assertThat(DiagMessages.read(answer().putInt(84, 0), TUPLE)).isNull();
	}

	@Test
	void anErrorIsNoConnection() {
		assertThat(DiagMessages.read(answer().putShort(4, (short) 2), TUPLE)).isNull();
		assertThat(DiagMessages.number(answer())).isEqualTo(77);
		assertThat(DiagMessages.number(answer().limit(8))).isEqualTo(-1);
	}

	@Test
	void brokenMessagesDoNoHarm() {
		Random random = new Random(1);
		for (int i = 0; i < 20_000; i++) {
			ByteBuffer message = answer();
			for (int j = random.nextInt(4); j >= 0; j--) {
				message.put(random.nextInt(LENGTH), (byte) random.nextInt());
			}
			message.limit(random.nextInt(LENGTH + 1));
			assertThatNoException().isThrownBy(() -> DiagMessages.read(message, TUPLE));
		}
	}

	private static ByteBuffer answer() {
		ByteBuffer buffer = ByteBuffer.allocate(LENGTH).order(ByteOrder.nativeOrder());
		buffer.putInt(LENGTH).putShort((short) 20).putShort((short) 0).putInt(77).putInt(0);
		buffer.put(new byte[] { 2, 1, 1, 3 });
		buffer.putShort(20, Short.reverseBytes((short) 0)).position(20);
		buffer.put(new byte[] { 0x15, (byte) 0xb3, (byte) 0xc3, 0x50 });
		buffer.position(16 + 52).putInt(900).putInt(44).putInt((int) 3_000_000_000L).putInt(1000).putInt(0xfedcba98);
		// an attribute that nobody has asked for, then the one
		buffer.putShort((short) 5).putShort((short) 8).putInt(0);
		buffer.putShort((short) (4 + INFO)).putShort((short) 2);
		ByteBuffer info = buffer.slice().order(ByteOrder.nativeOrder());
		info.put(2, (byte) 3).put(3, (byte) 2).put(4, (byte) 4);
		info.putInt(8, 204_000).putInt(44, 1234).putInt(56, 5678).putInt(68, 1500).putInt(72, 700).putInt(100, 9);
		info.putLong(120, 5_000_000_000L).putLong(128, 6_000_000_000L).putInt(144, 11).putInt(228, 65535);
		return buffer.clear();
	}

}
