package io.github.zmqmonitor.model;

import java.lang.reflect.Field;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import zmq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

class ZmqEventTypeTests {

	@Test
	void everyEventOfJeroMqIsKnownByItsName() throws Exception {
		int known = 0;
		for (Field field : ZMQ.class.getFields()) {
			if (field.getName().startsWith("ZMQ_EVENT_") && !field.getName().equals("ZMQ_EVENT_ALL")) {
				ZmqEventType type = ZmqEventType.of(field.getInt(null));
				assertThat("ZMQ_EVENT_" + type).isEqualTo(field.getName());
				known++;
			}
		}
		assertThat(known).isEqualTo(Arrays.stream(ZmqEventType.values()).filter(ZmqEventType::isFired).count());
	}

	@ParameterizedTest
	@EnumSource
	void codeLeadsBackToTheType(ZmqEventType type) {
		assertThat(ZmqEventType.of(type.code())).isEqualTo(type);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 3, -1, 1 << 16, 1 << 31, Integer.MAX_VALUE, 0xffff })
	void otherCodesAreUnknown(int code) {
		assertThat(ZmqEventType.of(code)).isEqualTo(ZmqEventType.UNKNOWN);
	}

}
