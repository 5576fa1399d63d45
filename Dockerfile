# The service in a container: no root, no network of its own needed, every font inside.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE NOTICE CHANGELOG.md ./
COPY renderer renderer
COPY reelspec reelspec
COPY schemas schemas
COPY templates templates
RUN python -m venv /opt/reelspec \
 && /opt/reelspec/bin/pip install --no-cache-dir --disable-pip-version-check ".[author,service,cjk,emoji,thai]"

FROM python:3.13-slim
# FriBiDi lets Pillow shape every script; Pillow loads it when it runs.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libfribidi0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home reelspec \
 && install -d -o reelspec /data
COPY --from=build /opt/reelspec /opt/reelspec
ENV PATH=/opt/reelspec/bin:$PATH PYTHONUNBUFFERED=1 HOME=/tmp
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8321
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8321/health', timeout=8)"]
ENTRYPOINT ["reelspec"]
CMD ["serve", "--host", "0.0.0.0", "--folder", "/data"]
