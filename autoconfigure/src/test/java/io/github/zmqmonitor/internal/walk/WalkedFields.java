package io.github.zmqmonitor.internal.walk;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.springframework.test.util.ReflectionTestUtils;

/**
 * All private fields of JeroMQ that are read.
 */
public final class WalkedFields {

	private WalkedFields() {
	}

	public static List<VarHandle> handles() {
		List<VarHandle> handles = new ArrayList<>();
		for (Object group : new Object[] { EndpointFields.INSTANCE, EngineFields.INSTANCE, PipeFields.INSTANCE,
				OptionFields.INSTANCE, MailboxFields.INSTANCE, SubscriptionFields.INSTANCE, ExchangeFields.INSTANCE }) {
			addHandles(Objects.requireNonNull(group), handles);
		}
		return handles;
	}

	private static void addHandles(Object group, List<VarHandle> handles) {
		for (Field field : group.getClass().getDeclaredFields()) {
			Object value = ReflectionTestUtils.getField(group, field.getName());
			if (value instanceof VarHandle handle) {
				handles.add(handle);
			}
			else if (value instanceof TrieFields) {
				addHandles(value, handles);
			}
		}
	}

}
