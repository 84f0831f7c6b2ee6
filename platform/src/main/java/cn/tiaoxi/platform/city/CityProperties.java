package cn.tiaoxi.platform.city;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which city this is.
 *
 * @param folder the city's files
 */
@ConfigurationProperties(prefix = "tiaoxi.city", ignoreUnknownFields = false)
record CityProperties(@DefaultValue("city/huzhou") Path folder) {}
