package io.trunkline.gateway.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.agrona.DirectBuffer;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Decodes any record by the schema itself, for tools that show them all and need not be fast: every field by its name,
 * in the order of {@code journal.xml}. Fields behind the end of an older, shorter block are left out.
 */
public final class RecordSchema {
    private static final String RESOURCE = "/journal.xml";
    private static final String TYPE = "primitiveType";

    private final Map<Integer, Message> messages = new HashMap<>();

    private RecordSchema() {}

    private record Field(String name, String type, int length) {}

    private record Group(String name, Message content) {}

    private record Message(String name, List<Field> fields, List<Group> groups, List<String> data) {}

    /** Reads the schema that this version was built with. */
    public static RecordSchema load() {
        final RecordSchema schema = new RecordSchema();
        try (InputStream resource = RecordSchema.class.getResourceAsStream(RESOURCE)) {
            final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            final Element root = factory.newDocumentBuilder().parse(resource).getDocumentElement();
            for (final Element element : children(root)) {
                if (element.getTagName().equals("sbe:message")) {
                    schema.messages.put(Integer.parseInt(element.getAttribute("id")), message(element));
                }
            }
        } catch (final IOException | ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("journal.xml cannot be read", e);
        }
        return schema;
    }

    private static Message message(final Element element) {
        final Message message =
                new Message(element.getAttribute("name"), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (final Element child : children(element)) {
            final String name = child.getAttribute("name");
            switch (child.getTagName()) {
                case "field" ->
                    message.fields.add(
                            new Field(name, child.getAttribute("type"), lengthOf(child.getAttribute("type"))));
                case "group" -> message.groups.add(new Group(name, message(child)));
                case "data" -> message.data.add(name);
                default -> throw new IllegalStateException("unknown element " + child.getTagName());
            }
        }
        return message;
    }

    private static int lengthOf(final String type) {
        return switch (type) {
            case "uint8", "int8" -> 1;
            case "uint16", "int16" -> 2;
            case "uint32", "int32" -> 4;
            case "uint64", "int64" -> 8;
            default -> throw new IllegalStateException("unknown " + TYPE + ' ' + type);
        };
    }

    private static List<Element> children(final Element parent) {
        final List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** All types of records, in the order of the alphabet. */
    public SortedSet<String> names() {
        final SortedSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        messages.values().forEach(message -> names.add(message.name));
        return names;
    }

    /** Name of a record type; {@code Template99} for one that this version does not know. */
    public String name(final int templateId) {
        final Message message = messages.get(templateId);
        return message == null ? "Template" + templateId : message.name;
    }

    /**
     * The fields of a record: {@link Long} for numbers (unsigned 64-bit ones as they are), {@code byte[]} for data,
     * lists of maps for groups. Empty for a type that this version does not know.
     *
     * @throws IndexOutOfBoundsException where lengths in the block lead out of it
     */
    public Map<String, Object> decode(final RecordView record) {
        final Map<String, Object> values = new LinkedHashMap<>();
        final Message message = messages.get(record.templateId());
        if (message != null) {
            final Cursor cursor = new Cursor(record.buffer(), record.offset(), record.offset() + record.length());
            cursor.message(message, record.blockLength(), values);
        }
        return values;
    }

    /** Where in a block decoding is. */
    private static final class Cursor {
        private final DirectBuffer buffer;
        private final int end;
        private int at;

        Cursor(final DirectBuffer buffer, final int start, final int end) {
            this.buffer = buffer;
            this.at = start;
            this.end = end;
        }

        void message(final Message message, final int blockLength, final Map<String, Object> values) {
            final int blockEnd = within(at, blockLength);
            int field = at;
            for (final Field described : message.fields) {
                if (field + described.length > blockEnd) {
                    break;
                }
                values.put(described.name, number(described, field));
                field += described.length;
            }
            at = blockEnd;
            for (final Group group : message.groups) {
                values.put(group.name, group(group));
            }
            for (final String name : message.data) {
                final int length = unsignedShort();
                final byte[] bytes = new byte[length];
                final int next = within(at, length);
                buffer.getBytes(at, bytes);
                at = next;
                values.put(name, bytes);
            }
        }

        private List<Map<String, Object>> group(final Group group) {
            final int blockLength = unsignedShort();
            final int count = unsignedShort();
            final List<Map<String, Object>> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                final Map<String, Object> entry = new LinkedHashMap<>();
                message(group.content, blockLength, entry);
                entries.add(entry);
            }
            return entries;
        }

        private long number(final Field field, final int offset) {
            return switch (field.type) {
                case "uint8" -> buffer.getByte(offset) & 0xFFL;
                case "int8" -> buffer.getByte(offset);
                case "uint16" -> buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFFL;
                case "int16" -> buffer.getShort(offset, LITTLE_ENDIAN);
                case "uint32" -> buffer.getInt(offset, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
                case "int32" -> buffer.getInt(offset, LITTLE_ENDIAN);
                default -> buffer.getLong(offset, LITTLE_ENDIAN);
            };
        }

        private int unsignedShort() {
            final int next = within(at, Short.BYTES);
            final int value = buffer.getShort(at, LITTLE_ENDIAN) & 0xFFFF;
            at = next;
            return value;
        }

        private int within(final int start, final int length) {
            if (start + length > end) {
                throw new IndexOutOfBoundsException("the block ends before its fields do");
            }
            return start + length;
        }
    }
}
