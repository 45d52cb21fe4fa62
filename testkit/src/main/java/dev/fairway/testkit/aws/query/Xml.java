// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.query;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// The little of XML that answers need.
public final class Xml {
  private Xml() {}

  /// @throws IllegalArgumentException when it is none
  public static Document parse(String text) {
    try {
      var factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    } catch (SAXException e) {
      throw new IllegalArgumentException("no XML: " + text, e);
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String write(Document document) {
    try {
      var out = new StringWriter();
      var writer = TransformerFactory.newDefaultInstance().newTransformer();
      writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      writer.transform(new DOMSource(document), new StreamResult(out));
      return out.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The first element of this name anywhere below `parent`.
  public static Optional<Element> find(Node parent, String name) {
    for (var child : children(parent)) {
      if (child.getTagName().equals(name)) {
        return Optional.of(child);
      }
      var below = find(child, name);
      if (below.isPresent()) {
        return below;
      }
    }
    return Optional.empty();
  }

  /// The element right below `parent`.
  public static Optional<Element> child(Element parent, String name) {
    return children(parent).stream().filter(child -> child.getTagName().equals(name)).findFirst();
  }

  public static List<Element> children(Node parent) {
    var children = new ArrayList<Element>();
    for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  /// The text of the element right below `parent`; empty when there is none.
  public static String text(Element parent, String name) {
    return child(parent, name).map(Node::getTextContent).map(String::strip).orElse("");
  }

  /// Appends an element and returns it.
  public static Element append(Element parent, String name, String text) {
    var document = parent.getOwnerDocument();
    var added = document.createElement(name);
    added.setTextContent(text);
    parent.appendChild(added);
    return added;
  }

  /// The element of this name right below `parent`, made when there is none, with this text.
  public static void set(Element parent, String name, String text) {
    child(parent, name).orElseGet(() -> append(parent, name, "")).setTextContent(text);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }
}
